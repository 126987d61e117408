// A small pair of files to try the page with, made here, so that trying needs no network.

/** The same sequence every time: a multiplicative generator, enough for a sample. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function month(name: string, seed: number, rows: number, late: boolean): File {
  const next = sequence(seed);
  const bell = () => Math.sqrt(-2 * Math.log(next() || 0.5)) * Math.cos(6.283185307 * next());
  const shops = late ? ["Berlin", "Lyon", "Porto", "Gdańsk"] : ["Berlin", "Lyon", "Porto", "Ghent"];
  const lines = ["order_id,ordered_on,shop,items,amount,discount,postcode"];
  for (let i = 0; i < rows; i += 1) {
    const day = String(1 + Math.floor((i / rows) * 28)).padStart(2, "0");
    const amount = Math.exp(3.4 + 0.5 * bell()) * (late && next() < 0.3 ? 4 : 1);
    const shown = late && next() < 0.02 ? `${amount.toFixed(2)} EUR` : amount.toFixed(2);
    const discount = next() < (late ? 0.55 : 0.2) ? "" : (next() * 0.3).toFixed(2);
    const postcode = String(Math.floor(next() * 900) * 11).padStart(5, "0");
    lines.push(
      [
        (late ? 52000 : 50000) + i,
        `2025-0${late ? 3 : 2}-${day}`,
        shops[Math.floor(next() ** 1.5 * 4)],
        1 + Math.floor(next() ** 2 * 8),
        shown,
        discount,
        postcode,
      ].join(","),
    );
  }
  return new File([lines.join("\n") + "\n"], name, { type: "text/csv", lastModified: late ? 2 : 1 });
}

const contract = `apiVersion: v3.0.2
kind: DataContract
id: orders
name: Orders
version: 1.0.0
status: active
schema:
  - name: orders
    properties:
      - name: order_id
        logicalType: integer
        required: true
        unique: true
      - name: ordered_on
        logicalType: date
        required: true
      - name: shop
        logicalType: string
        required: true
        quality:
          - metric: invalidValues
            arguments:
              validValues: [Berlin, Lyon, Porto, Ghent]
            mustBe: 0
      - name: items
        logicalType: integer
        logicalTypeOptions:
          minimum: 1
          maximum: 8
      - name: amount
        logicalType: number
        required: true
        logicalTypeOptions:
          minimum: 0
      - name: postcode
        logicalType: string
        logicalTypeOptions:
          pattern: "^[0-9]{5}$"
`;

/** March's orders, February's to compare with, and what was agreed about them. */
export function sampleFiles(): File[] {
  return [
    month("orders-2025-02.csv", 11, 1800, false),
    month("orders-2025-03.csv", 29, 2000, true),
    new File([contract], "orders.odcs.yaml", { type: "application/yaml", lastModified: 0 }),
  ];
}
