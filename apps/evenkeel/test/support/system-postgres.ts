import { existsSync, readdirSync } from 'node:fs';
import type { Connection } from '../../src/kernel/postgres.ts';

/** The folder of this machine's newest PostgreSQL, where Debian puts it; undefined when there is none. */
export function systemPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  const newest = versions.filter((version) => version >= 15).sort((a, b) => b - a);
  return newest.map((version) => `${root}/${version}/bin`).find((bin) => existsSync(`${bin}/postgres`));
}

/** `postgres://user:password@host:port/database`; a socket folder is given as `?host=/folder`. */
export function connectionOf(url: string): Connection {
  const parsed = new URL(url);
  return {
    host: parsed.searchParams.get('host') ?? parsed.hostname,
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
  };
}
