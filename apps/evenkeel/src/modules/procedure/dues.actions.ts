import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Due, DueKind, DueWindow } from '../../kernel/due.ts';
import { type Lang, type PackSource, stepIn, validUntil, type Words3 } from './pack.ts';
import { packOfBytes } from './packs.store.ts';
import { loadDue } from './procedure.store.ts';

const KINDS: Readonly<Record<PackSource['kind'], DueKind>> = {
  law: 'law',
  contract: 'contract',
  house: 'step',
};

/** The steps of running procedures that are due, each with the source of its date. */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  window: DueWindow,
): Promise<readonly Due[]> {
  const rows = await loadDue(db, workspaceId, window);
  const packs = await Promise.all(rows.map((row) => packOfBytes(row.packSha256, row.files)));
  return rows.flatMap((row, i): readonly Due[] => {
    const pack = packs[i];
    const step = pack && stepIn(pack, row.step ?? '');
    const source = pack?.sources.find(({ id }) => id === step?.due?.source);
    if (!pack || !step || !source || !row.due) return [];
    return [
      {
        ...{ id: row.id, room: 'procedure', partyId: row.partyId, interactionId: null },
        kind: KINDS[source.kind],
        side: step.role === 'clock' ? 'theirs' : 'ours',
        ...{ at: row.due.at, isWholeDay: row.due.isWholeDay, says: step.title.en, code: 'procedure-step' },
        params: {
          ...{ en: step.title.en, ru: step.title.ru, fi: step.title.fi },
          ...{ number: pack.steps.indexOf(step) + 1, of: pack.steps.length, isVerified: pack.verified },
          validUntil: validUntil(pack, source),
        },
        source: source.kind === 'house' ? null : sourceWords(source).en,
      },
    ];
  });
}

/** Where a date comes from, in one line: what says it, its paragraph, and as of when it was read. */
export function sourceWords({ says, paragraph, date, verified }: PackSource): Words3 {
  const doubt = (lang: Lang) => (verified ? '' : `; ${NOT_COMPARED[lang]}`);
  const line = (lang: Lang) => `${wordsIn(says, lang)}, ${wordsIn(paragraph, lang)} (${date}${doubt(lang)})`;
  return { en: line('en'), ru: line('ru'), fi: line('fi') };
}

const NOT_COMPARED: Words3 = {
  en: 'not compared with its own text',
  ru: 'не сверено с самим текстом',
  fi: 'ei verrattu itse tekstiin',
};

function wordsIn(words: string | Words3, lang: Lang): string {
  return typeof words === 'string' ? words : words[lang];
}
