import { useQuery, useQueryClient } from '@tanstack/react-query';
import { deleteKeptDraft, recordKeptDraft } from '../generated/sdk.gen.ts';
import type { KeptDraft } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { keptDraftsQuery } from './kept-drafts.queries.ts';

type Shown = {
  interactionId: string;
  /** The one that stands in the box now. */
  takenUp: string | null;
  onTakeUp: (draft: KeptDraft) => void;
};

/** Drafts that were kept of the answer to a message: taken up again, put into the record, or deleted. */
export function KeptDrafts({ interactionId, takenUp, onTakeUp }: Shown) {
  const kept = useQuery(keptDraftsQuery(interactionId)).data ?? [];
  if (kept.length === 0) return null;
  return (
    <ul className="kept-drafts small" aria-label={t('keptDraft.list')}>
      {kept.map((draft) => (
        <KeptLine
          key={draft.id}
          draft={draft}
          isTakenUp={draft.id === takenUp}
          onTakeUp={() => onTakeUp(draft)}
        />
      ))}
    </ul>
  );
}

type Line = { draft: KeptDraft; isTakenUp: boolean; onTakeUp: () => void };

function KeptLine({ draft, isTakenUp, onTakeUp }: Line) {
  const queries = useQueryClient();
  const who = useWho();
  const does = (act: () => Promise<unknown>, said: string) => async () => {
    try {
      await act();
      toast(said);
    } catch (error) {
      toast(problemWords(error));
    }
    await queries.invalidateQueries();
  };
  const path = { id: draft.id };
  const record = () => recordKeptDraft({ path, body: { subject: t('keptDraft.recordedAs') } });
  return (
    <li className="reply-says stack-small">
      <p>
        {draft.keptBy === null
          ? t('keptDraft.of', { date: momentOf(draft.keptAt) })
          : t('keptDraft.ofWho', { date: momentOf(draft.keptAt), who: who(draft.keptBy) })}
        <span className="quiet"> · {untilWords(draft)}</span>
      </p>
      <p className="row">
        {isTakenUp ? (
          <span className="quiet">{t('keptDraft.isTakenUp')}</span>
        ) : (
          <button type="button" className="action" onClick={onTakeUp}>
            {t('keptDraft.takeUp')}
          </button>
        )}
        <button type="button" className="link-button" onClick={does(record, t('keptDraft.recorded'))}>
          {t('keptDraft.record')}
        </button>
        {!draft.isHeld && (
          <button
            type="button"
            className="link-button"
            onClick={does(() => deleteKeptDraft({ path }), t('keptDraft.deleted'))}
          >
            {t('keptDraft.delete')}
          </button>
        )}
      </p>
    </li>
  );
}

function untilWords({ until, dueAt, isHeld }: KeptDraft): string {
  if (isHeld) return t('keptDraft.held');
  return dueAt === null ? t(`keptDraft.until.${until}`) : t('keptDraft.untilDate', { date: dateOf(dueAt) });
}
