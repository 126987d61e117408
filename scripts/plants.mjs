// Forty rules for the table of customers, each with cells that break it and no other rule, and the contract that has them.
// Rows are objects of cells by column. That rows keep every rule unless something is planted follows from
// `customers.mjs`; only that keys are unique does not, and is looked at by `plant.mjs`.

/** The columns that are a key together. */
export const KEY = ["signup_date", "monthly_charge", "total_charge", "device_code"];

/** A rule as its finding names it, and the cells that break it, of a row and the number of the plant. */
const plant = (rule, column, cells, fits = () => true) => ({ rule, column, cells, fits });
const cell = (rule, column, value, fits) => plant(rule, column, () => ({ [column]: value }), fits);

/** Cells that another row has, the one before or one far away: that row is an offender too. */
const copy = (from, column, names) => ({
  ...plant("unique", column, (row, n, other) => Object.fromEntries(names.map((name) => [name, other[name]]))),
  from,
});

const months = (row) => Number(row.tenure_months);

export const PLANTS = [
  plant("type", "customer_id", (row) => ({ customer_id: `${row.customer_id}O` })),
  cell("required", "customer_id", ""),
  copy("before", "customer_id", ["customer_id"]),
  plant("increasing", "customer_id", (row, n) => ({ customer_id: `${n}` })),
  plant("format", "account_uuid", (row) => ({ account_uuid: `g${row.account_uuid.slice(1)}` })),
  copy("far", "account_uuid", ["account_uuid"]),
  plant("forbidden-pattern", "account_uuid", (row) => ({ account_uuid: `00000000-${row.account_uuid.slice(9)}` })),
  cell("required", "country", ""),
  cell("allowed-values", "country", "ZZ"),
  cell("length", "city", "Llanfairpwllgwyngyllgogerychwyrndrobwll"),
  cell("forbidden-values", "city", "TEST"),
  cell("allowed-values", "plan", "Gold"),
  cell("allowed-values", "contract", "one year"),
  cell("pattern", "payment_method", "cash!"),
  cell("type", "signup_date", "31/12/2019"),
  cell("range", "signup_date", "1999-12-31"),
  cell("type", "last_login", "2024-02-30T10:00:00Z"),
  cell("range", "last_login", "2099-01-01T00:00:00Z"),
  plant("expression", "last_login, signup_date", () => ({ last_login: "2013-10-01T00:00:00Z" })),
  cell("type", "birth_year", "19x4"),
  cell("range", "birth_year", "1874"),
  cell("required", "tenure_months", ""),
  cell("range", "tenure_months", "-1"),
  cell("type", "monthly_charge", "12.5O"),
  cell("range", "monthly_charge", "0.01"),
  plant("multiple-of", "monthly_charge", (row) => ({ monthly_charge: `${(row.monthly_charge - 1).toFixed(2)}5` })),
  cell("required", "total_charge", "", (row) => months(row) > 0),
  cell("empty", "total_charge", "5.00", (row) => months(row) === 0),
  plant(
    "expression",
    "total_charge, monthly_charge, tenure_months",
    () => ({ total_charge: "0.00" }),
    (row) => months(row) > 0,
  ),
  cell("type", "data_usage_gb", "1.2GB"),
  cell("range", "data_usage_gb", "-5.000"),
  cell("range", "calls_per_month", "5000"),
  cell("range", "support_tickets", "15", (row) => row.plan === "Basic"),
  cell("allowed-values", "nps", "11"),
  cell("range", "discount", "0.90"),
  cell("multiple-of", "discount", "0.17"),
  cell("pattern", "device_code", "X1-00"),
  cell("type", "paperless", "maybe"),
  cell("forbidden-pattern", "comment", "see http://example.org/offer"),
  copy("far", KEY.join(", "), [...KEY, "tenure_months"]),
];

/** The contract: the forty rules, and some on the table as a whole, which it keeps with the plants in it. */
export const contract = (rows) => `apiVersion: v3.1.0
kind: DataContract
id: customers
version: 1.0.0
status: active
schema:
  - name: customers
    properties:
      - name: customer_id
        logicalType: integer
        required: true
        unique: true
        quality:
          - {type: custom, engine: driftline, implementation: {rule: increasing}}
      - name: account_uuid
        logicalType: string
        unique: true
        logicalTypeOptions: {format: uuid}
        quality:
          - {type: custom, engine: driftline, implementation: {rule: forbidden-pattern, pattern: "^00000000-"}}
      - name: country
        logicalType: string
        required: true
        quality:
          - metric: invalidValues
            arguments:
              validValues: [DE, FR, US, GB, IT, ES, PL, NL, BE, AT, CH, CZ, SE, DK, FI, NO, PT, IE, HU, RO, BG, GR, HR, SK, SI,
                LT, LV, EE, LU, MT, CY, IS, TR, UA, BR, MX, JP, KR, IN, AU]
            mustBe: 0
      - name: city
        logicalType: string
        logicalTypeOptions: {minLength: 2, maxLength: 20}
        quality:
          - {type: custom, engine: driftline, implementation: {rule: forbidden-values, values: [TEST, Unknown]}}
      - name: plan
        logicalType: string
        quality:
          - {metric: invalidValues, arguments: {validValues: [Basic, Plus, Premium, Family, Business]}, mustBe: 0}
          - {type: custom, engine: driftline, implementation: {rule: distinct-count, mustBeLessOrEqualTo: 6}}
      - name: contract
        logicalType: string
        quality:
          - metric: invalidValues
            arguments: {validValues: [Month-to-month, One year, Two years]}
            unit: percent
            mustBeLessOrEqualTo: 0.001
            severity: warning
      - name: payment_method
        logicalType: string
        logicalTypeOptions: {pattern: "^[A-ZÜ][A-Za-z]+( [a-z]+)?$"}
      - name: signup_date
        logicalType: date
        logicalTypeOptions: {format: yyyy-MM-dd, minimum: "2013-01-01"}
      - name: last_login
        logicalType: timestamp
        logicalTypeOptions: {maximum: "2030-01-01T00:00:00Z"}
      - name: birth_year
        logicalType: integer
        logicalTypeOptions: {minimum: 1900, maximum: 2020}
      - name: tenure_months
        logicalType: integer
        required: true
        logicalTypeOptions: {minimum: 0, maximum: 240}
        quality:
          - {type: custom, engine: driftline, implementation: {rule: mean, mustBeBetween: [20, 40]}}
      - name: monthly_charge
        logicalType: number
        logicalTypeOptions: {minimum: 5, exclusiveMaximum: 3000, multipleOf: 0.01}
      - name: total_charge
        logicalType: number
      - name: data_usage_gb
        logicalType: number
        logicalTypeOptions: {minimum: 0}
      - name: calls_per_month
        logicalType: integer
        logicalTypeOptions: {maximum: 1000}
      - {name: support_tickets, logicalType: integer}
      - name: nps
        logicalType: integer
        quality:
          - {metric: invalidValues, arguments: {validValues: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}, mustBe: 0}
      - name: discount
        logicalType: number
        logicalTypeOptions: {maximum: 0.3, multipleOf: 0.05}
      - name: device_code
        logicalType: string
        logicalTypeOptions: {pattern: "^[A-D][A-HJ-NP-Z]-[0-9]{5}$"}
      - {name: paperless, logicalType: boolean}
      - name: churned
        logicalType: boolean
        quality:
          - {type: custom, engine: driftline, implementation: {rule: complete-share, mustBeGreaterThan: 0.9}}
      - name: comment
        logicalType: string
        quality:
          - {type: custom, engine: driftline, implementation: {rule: forbidden-pattern, pattern: "https?://"}}
    quality:
      - {metric: rowCount, mustBe: ${rows}}
      - {metric: duplicateValues, arguments: {properties: [${KEY.join(", ")}]}, mustBe: 0}
      - {type: custom, engine: driftline, implementation: {rule: expression, expression: last_login >= signup_date}}
      - type: custom
        engine: driftline
        implementation: {rule: required, column: total_charge, when: tenure_months > 0}
      - type: custom
        engine: driftline
        implementation: {rule: empty, column: total_charge, when: tenure_months = 0}
      - type: custom
        engine: driftline
        implementation:
          rule: expression
          expression: total_charge >= monthly_charge * tenure_months
          when: tenure_months > 0
      - type: custom
        engine: driftline
        implementation: {rule: range, column: support_tickets, maximum: 11, when: plan = 'Basic'}
`;
