// Which dropped file is what: the contract by its kind, the reference by its date, other tables by their names, of many files
// of one kind the newest as the one to judge; every guess can be changed by hand.
import { MARKS } from "../folder";
import { feed, goesOn } from "./feed";
import { areAlike, kindOf } from "./kinds";
import { isDated, older } from "./names";
import { BY_HAND, Held, INCIDENT, keyOf, type Chosen, type Part } from "./parts";
import { tablesAmong, type Ask } from "./tables";

/** Sets other tables of the contract's apart; what of the data is left. */
async function withoutTables(held: Held, data: File[], ask: Ask): Promise<File[]> {
  const [contract, current, reference] = ["contract", "current", "reference"].map((role) => held.get(role));
  if (!contract) return data;
  const before = reference && (await kindOf(reference.file)) === "data" ? [reference.file] : [];
  const files = [...(current ? [current.file] : []), ...data, ...before];
  const judged = current?.why === BY_HAND ? current.file : null;
  const found = await tablesAmong(contract.file, files, judged, ask);
  for (const [file, table] of found) {
    const from = [current, reference].find((chosen) => chosen?.file === file);
    if (from?.why === BY_HAND) continue;
    const rival = held.get(keyOf({ role: "other", table }));
    if (rival && found.has(rival.file) && older(rival.file, file).first === file) continue;
    if (from) held.delete(from.role);
    held.hold(file, "other", `the contract refers to "${table}"`, table);
  }
  const left = data.filter((file) => !found.has(file));
  const [rest] = before.filter((file) => !found.has(file));
  // Of two tables that were taken for one, the older may be the one to judge.
  if (rest && current && found.has(current.file) && left.length === 0 && held.delete("reference"))
    held.hold(rest, "current", "the file to judge");
  return left;
}

/** The parts of all files together: those already chosen by hand keep theirs as far as that makes sense. */
export async function assign(before: Chosen[], added: File[], wanted: Part | null, ask: Ask): Promise<Chosen[]> {
  const held = new Held(before);
  const dropped: File[] = [];
  const profiles: File[] = [];
  const kinds = await Promise.all(added.map(kindOf));
  const isFolder = kinds.includes("profile") || (await Promise.all(held.earlier.map(kindOf))).includes("profile");
  for (const [i, file] of added.entries()) {
    const kind = kinds[i]!;
    // Not a table: as one it could even be taken for the newest of its feed. A damaged one is known by its name.
    if (kind === "marks" || (isFolder && file.name === MARKS)) {
      held.hold(file, "marks", "what was said of the files before");
      continue;
    }
    if (wanted !== null && added.length === 1 && !(wanted.role === "current" && kind === "contract"))
      held.hold(file, wanted.role, BY_HAND, wanted.table);
    else if (kind === "contract") held.hold(file, "contract", "it is a data contract");
    else if (kind === "profile") profiles.push(file);
    else dropped.push(file);
  }
  const given = held.get("reference")?.why === BY_HAND;
  if (profiles.length === 1 && held.earlier.length === 0 && !held.has("marks") && !(given && isDated(profiles[0]!)))
    held.hold(profiles.pop()!, "reference", "it is a saved profile");
  const data = await withoutTables(held, dropped, ask);
  if (data.length > 0 && held.get("current")?.why === INCIDENT) held.delete("current");
  const current = held.get("current")?.file;
  const on = data.length > 0 ? await goesOn(held, data) : null;
  if (data.length > 2 || profiles.length > 0 || (held.earlier.length > 0 && data.length > 0) || on === "feed") {
    await feed(held, data, profiles);
    return [...held.values()];
  }
  let pair = data.length >= 2 ? data.slice(-2) : data.length === 1 && current && on === null ? [current, data[0]!] : data;
  if (data.length === 1 && current && on === null && !(await areAlike(current, data[0]!))) {
    // Another table altogether: what the one before was compared with says nothing about it.
    pair = data;
    held.delete("reference");
  }
  if (pair.length === 2) {
    const { first, why } = older(pair[0]!, pair[1]!);
    const second = first === pair[0] ? pair[1]! : pair[0]!;
    held.hold(second, "current", "the newer of two");
    held.hold(first, "reference", why);
  } else if (pair.length === 1) {
    held.hold(pair[0]!, "current", "the file to judge");
  }
  return [...held.values()];
}
