// The other tables that the contract refers to, as the page has them. A controller of the app.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Chosen } from "./intake/parts";
import type { Ask } from "./intake/tables";
import { CONTRACT_BYTES, type Session } from "./session";
import { plainText } from "./show/data-text";

/* Every rule that looks into another table has one of these words; a contract without them is not asked. */
const REFERS = /relationships|foreign|other_table/i;

export class Referred implements ReactiveController {
  /** As the contract calls them. */
  tables: string[] = [];
  #host: ReactiveControllerHost;
  #session: Session;
  #of: File | null = null;

  constructor(host: ReactiveControllerHost, session: Session) {
    this.#host = host;
    this.#session = session;
    host.addController(this);
  }

  hostConnected() {}

  /** What tells the tables of a contract, of which one of these files may be judged; `begin` before the engine is asked. */
  ask(files: File[], begin: () => void): Ask {
    return async (contract, name) => {
      if (contract.size > CONTRACT_BYTES || !REFERS.test(await contract.text())) return [];
      begin();
      return this.#session.tables(contract, name, files);
    };
  }

  /** They are known. */
  become(tables: string[]) {
    this.tables = tables;
    this.#host.requestUpdate();
  }

  /** The files in play are these. What their contract refers to is told by the run of the file to judge, else asked here. */
  async follow(files: Chosen[]) {
    const contract = files.find(({ role }) => role === "contract")?.file ?? null;
    this.#of = contract;
    if (!contract && this.tables.length > 0) this.become([]);
    if (!contract || files.some(({ role }) => role === "current")) return;
    const read = files.filter(({ role }) => role === "other").map(({ file }) => file);
    const tables = await this.ask(read, () => {})(contract, "").catch(() => []);
    if (this.#of === contract) this.become(tables);
  }

  /** What is lacking, for an announcement; empty: nothing is. */
  lacking(files: Chosen[]): string {
    const missing = this.tables.filter((name) => !files.some(({ table }) => table === name));
    const named = missing.slice(0, 3).map((name) => plainText(name, 60));
    return missing.length === 0 ? "" : ` The contract refers to ${named.join(", ")}${missing.length > 3 ? " and more" : ""}, which ${missing.length === 1 ? "is" : "are"} not here.`;
  }
}
