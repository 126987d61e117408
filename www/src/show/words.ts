// The words a person reads for the ids of the report, each with the icon that goes with it.
import { html, type TemplateResult } from "lit";
import type { Column, Drift } from "../report";
import { glyph } from "./glyph";
import type { Look } from "../session";
import { count, plural, score } from "./number";

/** The three questions, by their id. */
export const questions: Record<string, string> = {
  readable: "Readable?",
  as_agreed: "As agreed?",
  same_as_before: "Same as before?",
};

/** The short answer to each question, by status. */
export const answers: Record<string, Record<string, string>> = {
  readable: { ok: "Yes", warning: "With oddities", critical: "No", not_run: "Not measured" },
  as_agreed: { ok: "Yes", warning: "Not quite", critical: "No", not_run: "Not asked" },
  same_as_before: { ok: "Yes", warning: "It drifted", critical: "No", not_run: "Not asked" },
};

const severities: Record<string, string> = { critical: "Critical", warning: "Warning", info: "Info" };
const roles: Record<string, string> = { free_text: "free text" };

/** A severity as icon, word and colour. */
export function severityChip(severity: string): TemplateResult {
  return html`<span class="chip ${severity}">${glyph(severity)}${severities[severity] ?? severity}</span>`;
}

/** A role in words. */
export function roleWord(role: string): string {
  return roles[role] ?? role;
}

/** `kebab-case-id` as words. */
export function fromId(id: string): string {
  return id.replaceAll("-", " ").replaceAll("_", " ");
}

/** A message of the engine, which begins small, as a sentence; what is quoted stays as it is. */
export function sentence(message: string): string {
  return message.charAt(0).toLocaleUpperCase() + message.slice(1);
}

/** A message to stand behind the column's name. */
export function afterName(message: string, column: string | null): string {
  const word = "column ";
  return message.startsWith(`${word}"${column}"`) ? withoutName(message.slice(word.length), column) : withoutName(message, column);
}

/** A message without the column's name in front of it, for where the name stands above it. */
export function withoutName(message: string, column: string | null): string {
  const name = `"${column}"`;
  if (column === null || !message.startsWith(name)) return message;
  return message.slice(name.length).replace(/^:? /, "");
}

/** What became of a column in the comparison: tone, icon and word. */
export function driftWord(drift: Drift): { tone: string; icon: string; word: string } {
  if (drift.outcome === "stable") return { tone: "ok", icon: "same", word: "Same" };
  if (drift.outcome === "too_few_rows") return { tone: "not_run", icon: "not_run", word: "Too few rows" };
  if (drift.outcome === "not_comparable") return { tone: "not_run", icon: "not_run", word: "Not comparable" };
  if (drift.outcome === "left_out") return { tone: "not_run", icon: "not_run", word: "Left out" };
  const band = drift.band && drift.band !== "none" ? drift.band : "drifted";
  const word = band[0]!.toUpperCase() + band.slice(1);
  return { tone: band === "small" ? "info" : "warning", icon: "drift", word };
}

/** The drift chip of a column: icon, word and, if `numbered`, the PSI of one that drifted. */
export function driftChip(drift: Drift, numbered = true): TemplateResult {
  const { tone, icon, word } = driftWord(drift);
  const psi =
    numbered && drift.outcome === "drifted" && drift.psi !== null ? html` <span>${score(drift.psi)}</span>` : "";
  return html`<span class="chip ${tone}">${glyph(icon)}${word}${psi}</span>`;
}

/** What a first look has seen, in words. */
export function lookedAt(look: Look): string {
  const seen = look.report.table.rows;
  if (look.rows !== null) return seen > 0 ? `First look at ${count(seen)} of ${plural(look.rows, "row")}` : `First look: ${plural(look.rows, "row")}, not read yet`;
  return seen > 0 ? `First look at ${plural(seen, "row")}` : "First look, no rows read yet";
}

/** The range of a column in few words, as the data writes it; empty where there is none. */
export function range(column: Column): [string, string] | null {
  if (column.temporal) return [column.temporal.min, column.temporal.max];
  if (column.numeric) return [String(column.numeric.min ?? "–"), String(column.numeric.max ?? "–")];
  return null;
}

/** Whether a column is better shown by its values than by bins. */
export function byValues(column: Column): boolean {
  return column.histogram === null || column.histogram.counts.length === 0;
}
