const ZONES = /\b(?:UT|UTC|GMT|[ECMP][SD]T|Z)\b/;
const MINUTE = 60_000;
const QUARTERS = Array.from({ length: 113 }, (_, index) => (index - 56) * 15 * MINUTE);

/**
 * An instant must stand in the Date header: no header or no stated zone, no instant; and under some offset its day, hour,
 * minute and year must be numbers that are written there.
 */
export function isHonestDate(bytes: Buffer, sentAt: number | null): boolean {
  if (sentAt === null) return true;
  const raw = dateHeaders(bytes);
  if (raw.length === 0) return false;
  return raw.some((date) => statesZone(date) && isWritten(date, sentAt));
}

/** The values of all Date fields, wherever a damaged header may end. */
function dateHeaders(bytes: Buffer): readonly string[] {
  const head = bytes.toString('latin1', 0, 256 * 1024);
  return [...head.matchAll(/(?:^|[\r\n])date[ \t]*:((?:[^\r\n]|\r?\n[ \t]|\r[ \t])*)/gi)].map((match) =>
    match[1]!.replace(/\s+/g, ' '),
  );
}

function statesZone(date: string): boolean {
  return (
    /[+-]\s?\d{1,2}:?(?:\d\d)?\b/.test(date.replace(/\d+-[A-Za-z]{3}-\d+|\d{4}-\d\d-\d\d/g, '')) ||
    ZONES.test(date.toUpperCase())
  );
}

function isWritten(date: string, sentAt: number): boolean {
  const numbers = new Set((date.match(/\d+/g) ?? []).map(Number));
  for (const offset of [...QUARTERS, ...statedOffsets(date)]) {
    const local = new Date(sentAt + offset);
    const hour = local.getUTCHours();
    const year = local.getUTCFullYear();
    const hasYear = numbers.has(year) || numbers.has(year % 100) || numbers.has(year - 1900);
    const hasHour = numbers.has(hour) || (/[ap]m/i.test(date) && numbers.has(hour % 12 || 12));
    if (hasYear && hasHour && numbers.has(local.getUTCDate()) && numbers.has(local.getUTCMinutes()))
      return true;
  }
  return false;
}

function statedOffsets(date: string): readonly number[] {
  return [...date.matchAll(/([+-])(\d\d):?(\d\d)/g)].map(([, sign, hours, minutes]) => {
    const size = (Number(hours) * 60 + Number(minutes)) * MINUTE;
    return sign === '-' ? -size : size;
  });
}

/** What to ask about a sent time: where no zone is stated, an oracle that takes it for UTC knows no better than anybody. */
export function sentQuestion(
  bytes: Buffer,
  expected: number | null,
): readonly [field: string, expected: number | null] {
  const [date] = dateHeaders(bytes);
  const isOpen = date !== undefined && !statesZone(date);
  return isOpen ? ['sent, no zone stated', null] : ['sent', expected];
}
