// Numbers as a person reads them. Statistics follow the page's language; values of the data are never localised.
import type { Estimate, Scalar } from "../report";

const language = globalThis.document?.documentElement.lang || "en";
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });

/** A count with its thousands apart. */
export function count(value: number): string {
  return whole.format(value);
}

/** A count in few characters: `48.2K`. */
export function compact(value: number): string {
  return short.format(value);
}

/** With a space before the sign, as the engine's sentences have it. */
function percentage(value: number): string {
  return percent.format(value).replace(/\s*%/, "\u00a0%");
}

/** A share of 0–1 as a percentage that never rounds something to nothing or all: `<0.1 %`, `>99.9 %`. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value > 0 && value < 0.001) return "<" + percentage(0.001);
  if (value < 1 && value > 0.999) return ">" + percentage(0.999);
  return percentage(value);
}

/** `part` of `total` as a percentage. */
export function shareOf(part: number, total: number): string {
  return total === 0 ? "–" : share(part / total);
}

/** A statistic: six significant digits, or a power of ten where it is very large or small. Text stays as it is. */
export function statistic(value: Scalar | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value === "-Infinity" ? "−∞" : value === "Infinity" ? "∞" : value;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return value.toExponential(4).replace("-", "−");
  return (Number.isInteger(value) ? whole : plain).format(value).replace("-", "−");
}

/** An estimate that says so: `41,280`, or `≈ 28,750 ± 310`. */
export function estimate(of: Estimate): string {
  if (of.exact) return count(of.value);
  return `≈ ${count(of.value)} ± ${count(Math.ceil(of.error))}`;
}

/** A small score, such as a PSI or a distance. */
export function score(value: Scalar): string {
  if (typeof value !== "number") return statistic(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value < 0 ? "> −0.001" : "< 0.001";
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 3).replace("-", "−");
}

/** A p-value. */
export function probability(value: Scalar): string {
  if (typeof value !== "number") return "–";
  if (value < 1e-4) return "< 0.0001";
  return value.toPrecision(2);
}

/** Bytes in the unit that fits: `4.9 MB`. */
export function bytes(value: number): string {
  if (value === 1) return "1 byte";
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let index = 0;
  let size = value;
  while (size >= 1000 && index < units.length - 1) {
    size /= 1000;
    index += 1;
  }
  return `${index === 0 ? count(size) : size.toFixed(size < 10 ? 1 : 0)} ${units[index]}`;
}

/** `1 row`, `2 rows`. */
export function plural(n: number, one: string, many = one + "s"): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
