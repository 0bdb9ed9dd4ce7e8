/** Fills a message: `{name}` is a value, `{n, point|points}` a number with the word that goes with it. */

export type Values = Readonly<Record<string, string | number>>;

const PLACE = /\{(\w+)(?:,\s*([^|{}]*)\|([^{}]*))?\}/g;

export function fill(message: string, values: Values, language: string): string {
  return message.replace(PLACE, (whole, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const text = typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
    if (one === undefined || other === undefined) return text;
    const form = new Intl.PluralRules(language).select(Number(value)) === 'one' ? one : other;
    return `${text} ${form.trim()}`;
  });
}

/** Names of the values that a message wants. */
export function places(message: string): string[] {
  return [...message.matchAll(PLACE)].map((match) => match[1] ?? '').sort();
}

export function money(minor: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** `1:05:09` or `5:09`. */
export function clock(secs: number): string {
  const whole = Math.max(0, Math.round(secs));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A length of time in its two largest units, as `2 h 5 min`. */
export function length(secs: number, language: string): string {
  const whole = Math.max(0, Math.round(secs));
  const units: [Intl.NumberFormatOptions['unit'], number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ];
  const first = Math.max(0, units.findIndex(([, size]) => whole >= size));
  const parts: string[] = [];
  let rest = whole;
  for (const [unit, size] of units.slice(whole === 0 ? 3 : first, (whole === 0 ? 3 : first) + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 || parts.length === 0) {
      parts.push(
        new Intl.NumberFormat(language, { style: 'unit', unit: unit ?? 'second', unitDisplay: 'short' }).format(count),
      );
    }
  }
  return parts.join(' ');
}

export function bytes(count: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(count / 1000 ** step);
}

export function date(text: string | null | undefined, language: string): string {
  if (!text) return '–';
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
