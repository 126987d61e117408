// The customers of a telephone company, as rows of a table of 22 columns of every kind that a profiler meets.

import { word } from "./csv-writer.mjs";

const words = (text) => text.split(" ").map(word);
const HEX = word("0123456789abcdef");
const LETTERS = word("ABCDEFGHJKLMNPQRSTUVWXYZ");
export const BOOLEANS = words("false true");
export const PLANS = words("Basic Plus Premium Family Business");
const PAYMENTS = ["Credit card", "Direct debit", "Bank transfer", "PayPal", "Invoice", "Überweisung"].map(word);
const CONTRACTS = ["Month-to-month", "One year", "Two years"].map(word);
const COUNTRIES = words(
  "DE FR US GB IT ES PL NL BE AT CH CZ SE DK FI NO PT IE HU RO BG GR HR SK SI LT LV EE LU MT CY IS TR UA BR MX JP KR IN AU",
);
const PLACES = "München Köln Łódź São_Paulo Zürich Kraków Málaga Göteborg 東京 Αθήνα Київ Ankara Lyon Leeds Turin Ghent".split(" ");
export const CITIES = Array.from({ length: 2400 }, (_, i) =>
  word(`${PLACES[i % PLACES.length].replace("_", " ")}${i < PLACES.length ? "" : ` ${Math.floor(i / PLACES.length)}`}`),
);
const TEXT = words(
  "the customer called about a bill that was too high and asked for discount on next month because network in village " +
    "is slow since storm agent promised call back within two days no answer yet very friendly but still waiting would " +
    "like to keep number moved house new address contract ends soon considering another provider größer façade naïve " +
    "señor クレーム thanks 👍 router was replaced speed test shows eleven megabits instead of hundred refund issued",
);

/** The names of the columns. */
export const HEADER =
  "customer_id,account_uuid,country,city,plan,contract,payment_method,signup_date,last_login,birth_year,tenure_months," +
  "monthly_charge,total_charge,data_usage_gb,calls_per_month,support_tickets,nps,discount,device_code,paperless,churned,comment";

function uuid(out, random) {
  out.next();
  for (let part = 0; part < 4; part++) {
    const bits = random.bits();
    for (let i = 0; i < 8; i++) {
      if ((part === 1 || part === 2) && (i & 3) === 0) out.byte(45);
      out.byte(HEX[(bits >>> (i * 4)) & 15]);
    }
  }
}

function timestamp(out, random) {
  out.next();
  out.date(19_700 + random.below(365));
  out.byte(84);
  for (const [most, then] of [[24, 58], [60, 58], [60, 90]]) {
    out.integer(random.below(most), 2);
    out.byte(then);
  }
}

/** Free text: half of it is missing, a third of the rest is quoted for its commas, quotes and line breaks. */
function comment(out, random) {
  out.next();
  if (random.once(2)) return;
  const quoted = random.once(3);
  if (quoted) out.byte(34);
  for (let n = 4 + random.below(27), i = 0; i < n; i++) {
    if (i > 0) {
      if (quoted && random.once(8)) out.byte(random.once(3) ? 10 : 44);
      out.byte(32);
    }
    const doubled = quoted && random.once(16);
    if (doubled) out.append([34, 34]);
    out.append(random.of(TEXT));
    if (doubled) out.append([34, 34]);
  }
  if (quoted) out.byte(34);
}

/** Writes the cells of a customer; the row is still to be ended. */
export function customer(out, random, row) {
  const integer = (value) => (out.next(), out.integer(value));
  const decimal = (value, places) => (out.next(), out.decimal(value, places));
  const nothing = () => out.next();
  integer(1_000_001 + row);
  uuid(out, random);
  out.bytes(COUNTRIES[random.skewed(COUNTRIES.length)]);
  out.bytes(CITIES[random.skewed(CITIES.length)]);
  out.bytes(PLANS[random.skewed(PLANS.length)]);
  out.bytes(random.of(CONTRACTS));
  out.bytes(PAYMENTS[random.skewed(PAYMENTS.length)]);
  out.next();
  out.date(16_000 + random.below(3_700));
  if (random.once(12)) nothing();
  else timestamp(out, random);
  if (random.once(20)) nothing();
  else integer(1_965 + Math.round(14 * random.normal()));
  const tenure = random.skewed(120);
  integer(tenure);
  const charge = 999 + Math.floor(9_000 * random.unit() * random.unit()) + (random.once(500) ? 250_000 : 0);
  decimal(charge, 2);
  if (tenure === 0) nothing();
  else decimal(charge * tenure + random.below(5_000), 2);
  if (random.once(7)) nothing();
  else decimal(Math.floor(400_000 * random.unit() * random.unit() * random.unit() * random.unit()), 3);
  integer(random.skewed(400));
  integer(random.once(3) ? random.skewed(12) : 0);
  if (random.once(1.6)) nothing();
  else integer(random.below(11));
  decimal(5 * random.below(7), 2);
  out.next();
  out.byte(LETTERS[random.below(4)]);
  out.byte(LETTERS[random.below(LETTERS.length)]);
  out.byte(45);
  out.integer(random.skewed(30_000), 5);
  out.bytes(random.of(BOOLEANS));
  if (random.once(50)) nothing();
  else out.bytes(BOOLEANS[random.once(4) ? 1 : 0]);
  comment(out, random);
}
