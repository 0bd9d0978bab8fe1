import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { VERSION } from '../kernel/version.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';
import { explain } from './explain.ts';

type Finding = { readonly what: string; readonly ok: boolean; readonly says: string };

type PackState = {
  readonly packs: readonly { readonly lang: string; readonly rules: number; readonly isYours: boolean }[];
  readonly broken: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly reason: string;
  }[];
};

type PlacesState = {
  readonly items: readonly { readonly isYours: boolean }[];
  readonly broken: PackState['broken'];
};
type ProcedureState = {
  readonly packs: readonly { readonly isYours: boolean }[];
  readonly broken: PackState['broken'];
};

const SPACE_WANTED_BYTES = 1 << 30;

export const doctorCommand: Command = {
  forms: [
    {
      usage: 'doctor [--json]',
      says: 'look at everything Evenkeel needs, and say what to do where something is missing',
    },
  ],
  options: { ...DATA_OPTION, ...JSON_OPTION },
  maxWords: 0,
  async run({ values }, { config, connect, out }) {
    const findings: Finding[] = [
      {
        what: 'program',
        ok: true,
        says: `Evenkeel ${VERSION}, Node ${process.versions.node}, ${platform()} ${arch()}`,
      },
      await space(config.data),
      await encryption(config.data),
    ];
    try {
      const client = await connect();
      try {
        const health = (await (await client.call('GET', '/api/health')).json()) as {
          lag: Record<string, number>;
          parked: number;
        };
        const verdict = (await (await client.call('POST', '/api/log/verify', { deep: false })).json()) as {
          ok: boolean;
          size: number;
          failures: { where: string; message: string }[];
        };
        const packs = (await (await client.call('GET', '/api/language/packs')).json()) as PackState;
        const procedures = (await (
          await client.call('GET', '/api/procedures/packs')
        ).json()) as ProcedureState;
        const places = (await (await client.call('GET', '/api/recording-places')).json()) as PlacesState;
        findings.push(
          followers(health),
          ledger(verdict),
          languagePacks(packs),
          procedurePacks(procedures),
          recordingPlaces(places),
        );
      } finally {
        await client.close();
      }
    } catch (error) {
      findings.push({
        what: 'data folder',
        ok: false,
        says: explain(error, 'doctor').says,
      });
    }
    out.result(
      values.json
        ? JSON.stringify({ ok: findings.every((finding) => finding.ok), findings })
        : findings.map(line).join('\n'),
    );
    return findings.every((finding) => finding.ok) ? 0 : 1;
  },
};

function line({ what, ok, says }: Finding): string {
  return `${ok ? 'ok  ' : 'LOOK'}  ${what.padEnd(14)} ${says}`;
}

async function space(dir: string): Promise<Finding> {
  const seen = await spaceAt(dir);
  const freeBytes = seen.bavail * seen.bsize;
  const says = `${(freeBytes / 2 ** 30).toFixed(1)} GB free where ${dir} lies`;
  return { what: 'space', ok: freeBytes > SPACE_WANTED_BYTES, says };
}

/** Of the nearest folder that is there already. */
async function spaceAt(dir: string): Promise<StatsFs> {
  const above = dirname(resolve(dir));
  return statfs(dir).catch((error: unknown) => {
    if (above === resolve(dir)) throw error;
    return spaceAt(above);
  });
}

/** The text in the database is plain so that it can be searched: the disk's own encryption is what protects it. */
async function encryption(dir: string): Promise<Finding> {
  const state = await encryptedDisk(dir);
  if (state === null)
    return {
      what: 'encryption',
      ok: true,
      says: 'cannot tell whether this disk is encrypted; text in the database is plain, so switch disk encryption on',
    };
  return state
    ? { what: 'encryption', ok: true, says: 'the disk under the data folder is encrypted' }
    : {
        what: 'encryption',
        ok: true,
        says: 'the disk is NOT encrypted; text in the database is plain, so whoever takes the disk can read it',
      };
}

/** Linux: whether the block device, or one below it, is a dm-crypt mapping. */
async function encryptedDisk(dir: string): Promise<boolean | null> {
  if (platform() !== 'linux') return null;
  const { readFile, readdir, stat } = await import('node:fs/promises');
  const seen = await stat(dir).catch(() => null);
  if (!seen) return null;
  const major = Math.floor(seen.dev / 256);
  const isCrypt = async (device: string): Promise<boolean> => {
    const uuid = await readFile(`${device}/dm/uuid`, 'utf8').catch(() => '');
    if (uuid.startsWith('CRYPT-')) return true;
    const below = await readdir(`${device}/slaves`).catch(() => []);
    for (const name of below) if (await isCrypt(`/sys/class/block/${name}`)) return true;
    return false;
  };
  const device = `/sys/dev/block/${major}:${seen.dev % 256}`;
  const exists = await stat(device).catch(() => null);
  return exists ? isCrypt(device) : null;
}

function followers({ lag, parked }: { lag: Record<string, number>; parked: number }): Finding {
  const behind = Object.entries(lag)
    .filter(([, entries]) => entries > 0)
    .map(([name, entries]) => `${name} ${entries} behind`);
  if (parked > 0)
    return {
      what: 'followers',
      ok: false,
      says: `${parked} entries could not be handled and were set aside`,
    };
  return {
    what: 'followers',
    ok: true,
    says: behind.length > 0 ? `catching up: ${behind.join(', ')}` : 'everything is indexed',
  };
}

/** A pack of the user's own that cannot be used is named, with its place; the others work. */
function languagePacks({ packs, broken }: PackState): Finding {
  const rules = packs.reduce((sum, pack) => sum + pack.rules, 0);
  const yours = packs.filter(({ isYours }) => isYours).length;
  const wrong = broken.map(
    ({ file, line, reason }) => `packs/${file}${line === null ? '' : `:${line}`}: ${reason}.`,
  );
  return {
    what: 'language packs',
    ok: broken.length === 0,
    says: [
      `${rules} rules in ${packs.length} packs${yours > 0 ? `, ${yours} of them yours` : ''}`,
      ...wrong,
    ].join('. '),
  };
}

/** A procedure of the user's own that cannot be started is named, with its place; the others can. */
function procedurePacks({ packs, broken }: ProcedureState): Finding {
  const yours = packs.filter(({ isYours }) => isYours).length;
  const wrong = broken.map(
    ({ file, line, reason }) =>
      `packs/procedures/${file}${line === null ? '' : `:${line}`}: ${reason}. The others work`,
  );
  return {
    what: 'procedures',
    ok: broken.length === 0,
    says: [`${packs.length} can be started${yours > 0 ? `, ${yours} of them yours` : ''}`, ...wrong].join(
      '. ',
    ),
  };
}

/** A place of the user's own that cannot be read is named; until it can be, every recording asks everyone. */
function recordingPlaces({ items, broken }: PlacesState): Finding {
  const yours = items.filter(({ isYours }) => isYours).length;
  const wrong = broken.map(
    ({ file, line, reason }) =>
      `packs/places/${file}${line === null ? '' : `:${line}`}: ${reason}. Until it is put right every recording asks everyone`,
  );
  return {
    what: 'places',
    ok: broken.length === 0,
    says: [`${items.length} are known${yours > 0 ? `, ${yours} of them yours` : ''}`, ...wrong].join('. '),
  };
}

function ledger({
  ok,
  size,
  failures,
}: {
  ok: boolean;
  size: number;
  failures: { where: string; message: string }[];
}): Finding {
  return {
    what: 'ledger',
    ok,
    says: ok
      ? `${size} entries, and the signed head covers them`
      : failures.map((one) => `${one.where}: ${one.message}`).join(' '),
  };
}
