// The orders and the search of the column list: plain functions of the report.
import type { Column, Report } from "../report";

/** The orders offered, by id. */
export const orders: Record<string, string> = {
  position: "File order",
  severity: "Severity",
  drift: "Drift",
  missing: "Missing",
  distinct: "Distinct",
  name: "Name",
  type: "Type",
};

/** Orders that begin with the largest. */
export const falling = new Set(["severity", "drift", "missing", "distinct"]);

const weights: Record<string, number> = { critical: 3, warning: 2, info: 1 };
const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The worst failed finding of each column, 0 where there is none. */
export function severities(report: Report): Map<string, number> {
  const worst = new Map<string, number>();
  for (const finding of report.findings) {
    if (finding.column === null || finding.status !== "fail") continue;
    worst.set(finding.column, Math.max(worst.get(finding.column) ?? 0, weights[finding.severity] ?? 0));
  }
  return worst;
}

/** The columns whose name holds `search`, the flagged ones alone if so wished, in this order. Ties keep file order. */
export function arranged(
  report: Report,
  search: string,
  order: string,
  descending: boolean,
  flagged: boolean,
): Column[] {
  const worst = severities(report);
  const psi = new Map(
    report.drift.map((drift) => [
      drift.column,
      drift.outcome === "drifted" ? 1000 + Number(drift.psi ?? 0) : Number(drift.psi ?? -1),
    ]),
  );
  const keys: Record<string, (column: Column) => number> = {
    position: (column) => column.position,
    severity: (column) =>
      (worst.get(column.name) ?? 0) * 1e6 + (column.invalid > 0 ? 1e5 : 0) + (psi.get(column.name) ?? -1),
    drift: (column) => psi.get(column.name) ?? -2,
    missing: (column) => column.missing / (column.rows || 1),
    distinct: (column) => column.distinct.value,
  };
  const wanted = search.trim().toLocaleLowerCase();
  const found = report.columns.filter(
    (column) =>
      (!wanted || column.name.toLocaleLowerCase().includes(wanted) || column.type === wanted) &&
      (!flagged || (worst.get(column.name) ?? 0) > 0),
  );
  const sign = descending ? -1 : 1;
  const key = keys[order];
  const compare = key
    ? (a: Column, b: Column) => key(a) - key(b)
    : (a: Column, b: Column) => natural.compare(order === "type" ? a.type : a.name, order === "type" ? b.type : b.name);
  return found.sort((a, b) => sign * compare(a, b) || a.position - b.position);
}
