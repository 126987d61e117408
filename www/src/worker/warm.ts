// Made-up rows of every kind of column, so that the browser compiles the engine's inner loops before the first file comes.

const ROWS = 12_000;
const WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "Zürich"];

/** A CSV file of integers, floats, dates, times, booleans, categories and texts, with some cells missing or quoted. */
export function rows(): Uint8Array {
  let state = 1;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const two = (n: number) => String(n).padStart(2, "0");
  const lines = ["id,code,category,amount,rate,count,day,moment,flag,note"];
  for (let i = 0; i < ROWS; i++) {
    const day = `2024-${two(1 + below(12))}-${two(1 + below(28))}`;
    const words = Array.from({ length: 1 + below(5) }, () => WORDS[below(WORDS.length)]).join(" ");
    lines.push(
      [
        100_000 + i,
        `${below(2 ** 30).toString(16)}-${below(2 ** 30).toString(16)}`,
        WORDS[below(WORDS.length)],
        (below(1_000_000) / 100).toFixed(2),
        below(20) === 0 ? "" : (below(1_000_000) / 7).toFixed(5),
        below(500),
        day,
        `${day}T${two(below(24))}:${two(below(60))}:${two(below(60))}Z`,
        below(2) === 0,
        below(3) === 0 ? `"${words}, ${words}"` : words,
      ].join(","),
    );
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
