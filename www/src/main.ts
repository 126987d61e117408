// Starts the page.
import { recallTheme } from "./theme";
import "./elements/app";

recallTheme();
