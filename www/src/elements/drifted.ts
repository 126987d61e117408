// What a report shows of a drift that can be looked into; fetched with the first one.
import "./accept-drift";
import "./where";
import "./where-brief";
