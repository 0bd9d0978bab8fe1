/** One line per event on stderr. Values are ours: never text of a message, never a secret. */
export type Log = (
  event: string,
  values?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

export function lineLog(write: (line: string) => void): Log {
  return (event, values = {}) => {
    const rest = Object.entries(values).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    write(`${event}${rest.join('')}\n`);
  };
}
