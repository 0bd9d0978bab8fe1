import type { TimeKey } from '../../kernel/paging.ts';
import { attachmentOf, detailOf, firstOriginal, originalBytes } from '../interaction/detail.actions.ts';
import { extensionOf } from '../interaction/media.ts';
import { provenanceOf } from '../interaction/provenance.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadCase } from './case.store.ts';
import { amongCase, caseRecordLine, pageOfCaseRecords } from './case-reading.store.ts';

// What modules downstream ask of a case.
export { amongCase } from './case-reading.store.ts';

/** One record of one case. Whoever reads it so sees it as part of the case, and of nothing else. */
export type OfCase = { readonly caseId: string; readonly id: string };
/** A file as it is handed out. */
export type FileOut = { readonly name: string; readonly bytes: Uint8Array };

/** With whom a case is; null when there is no such case. */
export async function partyOfCase({ db, workspaceId }: Ledger, caseId: string): Promise<string | null> {
  return (await loadCase(db, workspaceId, caseId))?.partyId ?? null;
}

/** A page of the records of a case, the newest first; null when there is no such case. */
export async function caseRecordsPage(
  { db, workspaceId }: Ledger,
  caseId: string,
  after: TimeKey | null,
  limit: number,
) {
  if (!(await loadCase(db, workspaceId, caseId))) return null;
  return pageOfCaseRecords(db, workspaceId, caseId, after, limit);
}

/** What a record says; that a copy of it came elsewhere, or a correction lies with somebody else, is not told. */
export async function caseRecord(ledger: Ledger, { caseId, id }: OfCase) {
  const { db, workspaceId } = ledger;
  const row = await caseRecordLine(db, workspaceId, caseId, id);
  const detail = row && (await detailOf(ledger, id));
  if (!row || !detail) return null;
  const { copies, corrections, noted } = detail;
  const corrects = noted?.corrects ?? null;
  const others = [...copies, ...corrections, ...(corrects ? [corrects] : [])].map((one) => one.id);
  const here = await amongCase(db, workspaceId, caseId, others);
  const isHere = (one: { readonly id: string }) => here.has(one.id);
  return {
    row,
    detail: {
      ...detail,
      copies: copies.filter(isHere),
      corrections: corrections.filter(isHere),
      noted: noted && { ...noted, corrects: corrects && isHere(corrects) ? corrects : null },
      exported: detail.exported && { ...detail.exported, run: null },
    },
  };
}

/** The exact bytes; null when it is none of the case. */
export async function caseOriginal(
  ledger: Ledger,
  of: OfCase,
  form: number,
): Promise<FileOut | 'erased' | null> {
  const original = await originalIn(ledger, of, form);
  if (!original) return null;
  const bytes = await originalBytes(ledger, original);
  return bytes === 'erased' ? bytes : { name: `${of.id}.${extensionOf(original.mediaType)}`, bytes };
}

export async function caseAttachment(ledger: Ledger, of: OfCase, sha256: string): Promise<FileOut | null> {
  const original = await originalIn(ledger, of, 0);
  const found = original && (await attachmentOf(ledger, of.id, original, sha256));
  return found ? { name: found.name ?? sha256, bytes: found.bytes } : null;
}

/** Where it came from, and how to check it; of its filings those under the client of the case. */
export async function caseProvenance(ledger: Ledger, sealer: Sealer, of: OfCase) {
  const found = await loadCase(ledger.db, ledger.workspaceId, of.caseId);
  const original = found && (await originalIn(ledger, of, 0));
  if (!found || !original) return null;
  const provenance = await provenanceOf(ledger, sealer, of.id, original);
  return { ...provenance, filed: provenance.filed.filter(({ partyId }) => partyId === found.partyId) };
}

async function originalIn(ledger: Ledger, { caseId, id }: OfCase, form: number) {
  const row = await caseRecordLine(ledger.db, ledger.workspaceId, caseId, id);
  return row ? firstOriginal(ledger, id, form) : null;
}
