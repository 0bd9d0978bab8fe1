import type { WorkspaceId } from '../../kernel/brand.ts';
import { byteas, texts, uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import type { NamedLine } from './erasure-reach.ts';

/**
 * The bulk of a ledger: what was brought in, and that it was filed. All that such an entry names is in the row that was
 * made of it, so nobody opens it to find out.
 */
const BROUGHT: readonly string[] = ['interaction.recorded', 'interaction.exported'];
const BULK: readonly string[] = [...BROUGHT, 'interaction.filed'];
/** What a run saw can wait until it is known what goes. */
const SEEN = 'source.covered';

/** Places in the ledger, up to one of them, of what was not erased and has to be opened, and of what runs saw. */
export async function placesToOpen(
  tx: Tx,
  workspaceId: WorkspaceId,
  until: number,
): Promise<{ readonly first: readonly number[]; readonly seen: readonly number[] }> {
  const { rows } = await sql<{ index: number; isSeen: boolean }>`
    SELECT e.index, e.kind = ${SEEN} AS "isSeen" FROM entries e LEFT JOIN (
      SELECT record_id FROM originals WHERE workspace_id = ${workspaceId}
      UNION ALL SELECT record_id FROM filings WHERE workspace_id = ${workspaceId}
    ) known ON known.record_id = e.id
    WHERE e.workspace_id = ${workspaceId} AND e.index < ${until} AND e.erased_at IS NULL
      AND (known.record_id IS NULL OR e.kind <> ALL(${texts(BULK)}::text[])) ORDER BY e.index`.execute(tx);
  const placesOf = (isSeen: boolean) => rows.filter((row) => row.isSeen === isSeen).map(({ index }) => index);
  return { first: placesOf(false), seen: placesOf(true) };
}

type Row = Pick<NamedLine, 'index' | 'id' | 'kind' | 'slot'> & { readonly interaction: string };
const LINE = sql.raw('e.index, e.id, e.kind, e.slot');

/** The filings in force, by a column that is one of these ids. */
export async function filingsBy(
  tx: Tx,
  workspaceId: WorkspaceId,
  column: 'interaction_id' | 'party_id' | 'record_id',
  ids: readonly string[],
): Promise<readonly NamedLine[]> {
  const { rows } = await sql<Row & { party: string }>`
    SELECT ${LINE}, f.interaction_id AS interaction, f.party_id AS party
    FROM filings f JOIN entries e ON e.workspace_id = f.workspace_id AND e.id = f.record_id
    WHERE f.workspace_id = ${workspaceId} AND f.${sql.ref(column)} = ANY(${uuids(ids)}::uuid[])`.execute(tx);
  return rows.map(({ interaction, party, ...line }) => ({
    ...line,
    names: [line.id, party, interaction],
    about: null,
    objects: [],
    filing: { interaction, party, isInForce: true },
  }));
}

/** What brought interactions, by a column that is one of these ids. */
export async function broughtBy(
  tx: Tx,
  workspaceId: WorkspaceId,
  column: 'interaction_id' | 'id' | 'record_id',
  ids: readonly string[],
): Promise<readonly NamedLine[]> {
  const { rows } = await sql<Row & { original: string; objects: string }>`
    SELECT ${LINE}, o.interaction_id AS interaction, o.id AS original, (
      SELECT string_agg(encode(b.commitment, 'hex'), ' ') FROM (
        SELECT o.slot UNION ALL
        SELECT a.slot FROM attached a WHERE a.workspace_id = o.workspace_id AND a.record_id = o.record_id
      ) s JOIN objects b ON b.workspace_id = o.workspace_id AND b.slot = s.slot) AS objects
    FROM originals o JOIN entries e ON e.workspace_id = o.workspace_id AND e.id = o.record_id
    WHERE o.workspace_id = ${workspaceId} AND o.${sql.ref(column)} = ANY(${uuids(ids)}::uuid[])
      AND e.kind = ANY(${texts(BROUGHT)}::text[])`.execute(tx);
  return rows.map(({ interaction, original, objects, ...line }) => ({
    ...line,
    names: [interaction, original, line.id],
    about: interaction,
    objects: objects.split(' '),
    filing: null,
  }));
}

/** Of these objects, those that an entry of the bulk names which stays. */
export async function namedByOthers(
  tx: Tx,
  workspaceId: WorkspaceId,
  commitments: readonly string[],
  gone: readonly string[],
): Promise<readonly string[]> {
  const asked = byteas(commitments.map((hex) => Buffer.from(hex, 'hex')));
  const { rows } = await sql<{ commitment: string }>`
    SELECT encode(b.commitment, 'hex') AS commitment FROM objects b JOIN (
      SELECT workspace_id, slot, record_id FROM originals UNION ALL SELECT workspace_id, slot, record_id FROM attached
    ) s ON s.workspace_id = b.workspace_id AND s.slot = b.slot
    WHERE b.workspace_id = ${workspaceId} AND b.commitment = ANY(${asked}::bytea[]) AND s.record_id <> ALL(${uuids(gone)}::uuid[])`.execute(
    tx,
  );
  return rows.map(({ commitment }) => commitment);
}
