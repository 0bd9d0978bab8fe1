import { useQuery } from '@tanstack/react-query';
import { Act } from '../casefile/act.tsx';
import { holdsQuery } from '../casefile/casefile.queries.ts';
import { keepReplyDraft } from '../generated/sdk.gen.ts';
import type { KeptDraft } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';

export type Versions = NonNullable<KeptDraft['versions']>;
type Shown = {
  partyId: string;
  interactionId: string;
  draft: string;
  /** What the calmer version was made of, when one was taken. */
  versions: Versions | null;
  /** The kept draft that was taken up; these words take its place. */
  replaces: string | null;
  onKept: (id: string) => void;
};

const UNTIL = ['sent', '7-days', '30-days', 'deleted'] as const satisfies readonly KeptDraft['until'][];

/** Keeping a draft on purpose: first what that means, then for how long. Who does nothing keeps nothing. */
export function KeepDraft({ partyId, interactionId, draft, versions, replaces, onKept }: Shown) {
  const holds = useQuery(holdsQuery(partyId)).data?.items ?? [];
  const keep = async (fields: FormData) => {
    const until = UNTIL.find((one) => one === fields.get('until')) ?? 'sent';
    const kept = fields.has('versions') ? versions : null;
    const body = { party: partyId, text: draft, versions: kept, until, replaces };
    const { id } = await keepReplyDraft({ path: { id: interactionId }, body });
    onKept(id);
  };
  return (
    <div className="reply-says small keep-draft">
      <Act says={t('keptDraft.keep')} doneSays={t('keptDraft.kept')} run={keep}>
        <p className="notice">{t('keptDraft.warning')}</p>
        {holds.length > 0 && <p className="notice">{t('keptDraft.holdOn')}</p>}
        <fieldset className="keep-until">
          <legend>{t('keptDraft.howLong')}</legend>
          {UNTIL.map((until, at) => (
            <label key={until} className="row">
              <input type="radio" name="until" value={until} defaultChecked={at === 0} />
              {t(`keptDraft.until.${until}`)}
            </label>
          ))}
        </fieldset>
        {versions && (
          <label className="row">
            <input type="checkbox" name="versions" /> {t('keptDraft.versions')}
          </label>
        )}
        <p className="quiet">{t('keptDraft.where')}</p>
      </Act>
    </div>
  );
}
