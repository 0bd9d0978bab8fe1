import { useState } from 'react';
import { openAgreement, reviseAgreement } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { READER_ZONE } from '../words/when.ts';
import { CitePicker } from './cite-picker.tsx';
import { ClauseFields } from './clause-fields.tsx';
import { blankClause } from './clause-words.ts';
import { DoForm } from './do-form.tsx';
import type { Cite, ClauseWish } from './shapes.ts';

/** The first offer: a title, its clauses, by when they decide, until when it holds, and the message it stands in. */
export function OpenForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const [title, setTitle] = useState('');
  const [clauses, setClauses] = useState<readonly ClauseWish[]>([blankClause('scope_in', READER_ZONE)]);
  const [decideBy, setDecideBy] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  const act = () =>
    openAgreement({
      path: { id: partyId },
      body: { title, clauses: [...clauses], decideBy: decideBy || null, endsOn: endsOn || null, cite },
    });
  const change = (at: number, clause: ClauseWish) =>
    setClauses((now) => now.map((one, i) => (i === at ? clause : one)));
  return (
    <div className="sheet">
      <DoForm
        says={t('agreement.keep')}
        doneSays={t('agreement.opened0')}
        act={act}
        onDone={onDone}
        onCancel={onDone}
        lacks={title.trim() === '' ? t('agreement.titleNeeded') : null}
      >
        <label>
          {t('agreement.name')}
          <input value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        </label>
        {clauses.map((clause, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a clause that is being written has nothing else to be known by.
          <fieldset key={at} className="do-clause stack">
            <legend className="small">{t('clause.number', { number: at + 1 })}</legend>
            <ClauseFields clause={clause} zone={READER_ZONE} onChange={(next) => change(at, next)} />
            {clauses.length > 1 && (
              <button
                type="button"
                className="link-button small"
                onClick={() => setClauses((now) => now.filter((_, i) => i !== at))}
              >
                {t('clause.remove')}
              </button>
            )}
          </fieldset>
        ))}
        <button
          type="button"
          className="link-button"
          onClick={() => setClauses((now) => [...now, blankClause('other', READER_ZONE)])}
        >
          {t('clause.add')}
        </button>
        <div className="do-pair">
          <label>
            {t('agreement.decideByField')}
            <input
              type="date"
              value={decideBy}
              onChange={(event) => setDecideBy(event.currentTarget.value)}
            />
          </label>
          <label>
            {t('agreement.endsOnField')}
            <input type="date" value={endsOn} onChange={(event) => setEndsOn(event.currentTarget.value)} />
          </label>
        </div>
        <CitePicker partyId={partyId} says={t('agreement.offerIn')} cite={cite} onPick={setCite} />
      </DoForm>
    </div>
  );
}

/** A clause more, as the next version. */
export function AddClause({ agreementId, onDone }: { agreementId: string; onDone: () => void }) {
  const [clause, setClause] = useState<ClauseWish>(() => blankClause('other', READER_ZONE));
  return (
    <ChangeForm
      agreementId={agreementId}
      says={t('clause.add')}
      changeOf={() => ({ change: 'add', clause })}
      onDone={onDone}
    >
      <ClauseFields clause={clause} zone={READER_ZONE} onChange={setClause} />
    </ChangeForm>
  );
}

type Change = Parameters<typeof reviseAgreement>[0]['body']['changes'][number];
type Changing = {
  agreementId: string;
  says: string;
  changeOf: () => Change;
  onDone: () => void;
  children?: React.ReactNode;
};

/** One change to an agreement, with its reason; the others stay as they are. */
export function ChangeForm({ agreementId, says, changeOf, onDone, children }: Changing) {
  const [reason, setReason] = useState('');
  return (
    <DoForm
      says={says}
      doneSays={t('agreement.newVersion')}
      act={() => reviseAgreement({ path: { id: agreementId }, body: { reason, changes: [changeOf()] } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={reason.trim() === '' ? t('form.reasonNeeded') : null}
    >
      {children}
      <label>
        {t('form.reason')}
        <input value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}
