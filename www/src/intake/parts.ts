// The parts that files play, and the files by their parts.

/** What a file is for. */
export type Role = "current" | "reference" | "earlier" | "contract" | "other" | "marks";

/** The part a file plays. */
export interface Part {
  role: Role;
  /** What the contract calls the table of an `other`. */
  table: string | null;
}

/** A file with its part and why. */
export interface Chosen extends Part {
  file: File;
  why: string;
}

/** What tells a part from all others, but for earlier files: there may be many. */
export function keyOf({ role, table }: Part): string {
  return role === "other" ? `other ${table}` : role;
}

/** Why a part is what a person chose: files that come later do not change it. */
export const BY_HAND = "you chose it so";
/** Why a file is judged that is an incident. */
export const INCIDENT = "an incident: no other file is compared with it";

/** Files by their parts; earlier files by themselves. */
export class Held extends Map<string | File, Chosen> {
  constructor(files: Chosen[]) {
    super(files.map((chosen) => [chosen.role === "earlier" ? chosen.file : keyOf(chosen), chosen]));
  }

  hold(file: File, role: Role, why: string, table: string | null = null) {
    this.set(role === "earlier" ? file : keyOf({ role, table }), { file, role, table, why });
  }

  get earlier(): File[] {
    return [...this.values()].flatMap(({ file, role }) => (role === "earlier" ? [file] : []));
  }
}
