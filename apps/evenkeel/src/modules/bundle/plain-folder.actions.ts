import { safeFileName } from '@evenkeel/proof/safe-path';
import { writeZip, type ZipEntry, zipEntryOf } from '@evenkeel/proof/zip';
import { readMail } from '@evenkeel/records/mail';
import { filesInside } from '@evenkeel/records/nested';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import { csvOf } from '../casefile/csv.ts';
import {
  type AttachedFile,
  attachedTo,
  type ExhibitSource,
  isMail,
  loadExhibitSources,
} from '../interaction/detail.actions.ts';
import { privilegesOf } from '../interaction/privilege.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { filedUnder } from './plain-folder.store.ts';
import { FOLDER_HEAD, nameOfRecord, peopleOf, readmeOf, textOfRecord } from './plain-folder.ts';

const AT_ONCE = 200;
const MOST_TEXT = 5_000_000;
const OUTLOOK = 'application/vnd.ms-outlook';

/** Everything filed under a party as plain files in order, with a table of them: a working copy for ourselves. */
export async function plainFolder(
  ledger: Ledger,
  party: string,
): Promise<Outcome<{ fileName: string; bytes: AsyncGenerator<Uint8Array> }, 'party-unknown'>> {
  const { db, workspaceId, chance } = ledger;
  const found = await loadParty(db, workspaceId, party);
  if (!found) return refuse('party-unknown');
  const ids = await filedUnder(db, workspaceId, party);
  const folder = safeFileName(found.name, 'client');
  return accept({
    fileName: `${folder} ${chance.now().slice(0, 10)}.zip`,
    bytes: writeZip(entriesOf(ledger, { party, name: found.name, folder, ids })),
  });
}

type Wanted = {
  readonly party: string;
  readonly name: string;
  readonly folder: string;
  readonly ids: readonly string[];
};

async function* entriesOf(ledger: Ledger, { party, name, folder, ids }: Wanted): AsyncGenerator<ZipEntry> {
  const { db, workspaceId } = ledger;
  yield textEntry(`${folder}/README.txt`, readmeOf(name, ids.length));
  const rows: (string | number)[][] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const [sources, files, marks] = await Promise.all([
      loadExhibitSources(db, workspaceId, party, some, MOST_TEXT),
      attachedTo(db, workspaceId, some),
      privilegesOf(db, workspaceId, some),
    ]);
    const filesOf = Map.groupBy(files, ({ interactionId }) => interactionId);
    for (const source of sources) {
      const number = rows.length + 1;
      const record = nameOfRecord(number, source);
      const laid = await filesOfRecord(ledger, source, filesOf.get(source.id) ?? [], record);
      for (const { path, bytes } of laid.files) yield zipEntryOf(`${folder}/${path}`, bytes);
      rows.push([
        ...[
          number,
          source.at,
          source.direction ?? '',
          source.kind,
          peopleOf(source, 'from'),
          peopleOf(source, 'to'),
        ],
        ...[source.subject ?? '', laid.main, laid.files.length - 1, source.sha256],
        marks.has(source.id) ? 'yes' : '',
      ]);
    }
  }
  yield textEntry(`${folder}/index.csv`, csvOf([FOLDER_HEAD, ...rows]));
}

function textEntry(path: string, text: string): ZipEntry {
  return zipEntryOf(path, new TextEncoder().encode(text));
}

type Laid = { readonly path: string; readonly bytes: Uint8Array };

/** The record as a file, first, and what hangs on it in a folder of the same name. What was erased is said to be. */
async function filesOfRecord(
  ledger: Ledger,
  source: ExhibitSource,
  attached: readonly AttachedFile[],
  record: string,
): Promise<{ main: string; files: readonly Laid[] }> {
  const bytes = await ledger.vault.openSlot(ledger.db, source.slot);
  const text = () => new TextEncoder().encode(textOfRecord(source));
  if (bytes === 'erased' || !isMail(source)) {
    const beside = await besideOf(ledger, attached);
    const main = `${record}.txt`;
    return { main, files: [{ path: main, bytes: text() }, ...numbered(record, beside)] };
  }
  const main = `${record}.${source.mediaType.startsWith(OUTLOOK) ? 'msg' : 'eml'}`;
  const inside = filesInside(bytes, readMail(bytes, { hash: sha256Stream }));
  const parts = inside.map((one) => ({ name: one.name ?? 'file', bytes: one.bytes() }));
  return { main, files: [{ path: main, bytes }, ...numbered(record, parts)] };
}

type Part = { readonly name: string; readonly bytes: Uint8Array };

/** Files may have one name; their place tells them apart. */
function numbered(record: string, parts: readonly Part[]): readonly Laid[] {
  return parts.map(({ name, bytes }, i) => ({
    path: `${record}/${i + 1} ${safeFileName(name, 'file')}`,
    bytes,
  }));
}

async function besideOf(ledger: Ledger, attached: readonly AttachedFile[]): Promise<readonly Part[]> {
  const opened = await Promise.all(
    attached.map(async ({ name, slot }) => ({ name, bytes: await ledger.vault.openSlot(ledger.db, slot) })),
  );
  return opened.flatMap(({ name, bytes }) => (bytes === 'erased' ? [] : [{ name, bytes }]));
}
