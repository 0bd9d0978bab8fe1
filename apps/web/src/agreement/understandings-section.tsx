import { useState } from 'react';
import { addUnderstanding, confirmUnderstanding, withdrawUnderstanding } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { CiteLink, CitePicker } from './cite-picker.tsx';
import { DoForm, ReasonForm } from './do-form.tsx';
import type { Cite, Clause, Terms, Understanding } from './shapes.ts';

/** Exceptions, permissions and spoken promises: beside the clauses, without changing one. */
export function UnderstandingsSection({ partyId, terms }: { partyId: string; terms: Terms }) {
  const [isAdding, setAdding] = useState(false);
  const clauses = terms.agreements.flatMap((agreement) => agreement.clauses);
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('beside.title')}</h2>
      {terms.understandings.length === 0 && <p className="answer-none quiet">{t('beside.none')}</p>}
      <ul>
        {terms.understandings.map((one) => (
          <Line
            key={one.id}
            partyId={partyId}
            one={one}
            clause={clauses.find(({ id }) => id === one.clauseId)}
          />
        ))}
      </ul>
      {isAdding ? (
        <UnderstandingForm
          partyId={partyId}
          clause={null}
          agreementId={null}
          onDone={() => setAdding(false)}
        />
      ) : (
        <p className="terms-line terms-actions">
          <button type="button" className="link-button" onClick={() => setAdding(true)}>
            {t('beside.add')}
          </button>
        </p>
      )}
    </section>
  );
}

type Shown = { partyId: string; one: Understanding; clause: Clause | undefined };

function Line({ partyId, one, clause }: Shown) {
  const [open, setOpen] = useState<'confirm' | 'withdraw' | null>(null);
  const close = () => setOpen(null);
  const isStanding = one.state !== 'withdrawn';
  return (
    <li className="terms-line">
      <span className="row">
        <strong>{t(`beside.kind-${one.kind}`)}</strong>
        <span className="small quiet">{t(`beside.by-${one.side}`)}</span>
        <span className={one.state === 'confirmed' ? 'terms-state' : 'terms-state terms-state-open'}>
          {t(`beside.state-${one.state}`)}
        </span>
      </span>
      <p className="terms-says">
        {one.says}
        {clause && <span className="quiet"> {t('beside.of', { number: clause.number })}</span>}
        {one.on && <span className="quiet"> {dateOf(one.on)}</span>}
      </p>
      <CiteLink partyId={partyId} cite={one.confirmed ?? one.cite} />
      {one.reason && <p className="small quiet">{one.reason}</p>}
      {isStanding && open === null && (
        <div className="terms-actions">
          {one.state === 'unconfirmed' && (
            <button type="button" className="link-button" onClick={() => setOpen('confirm')}>
              {t('beside.confirm')}
            </button>
          )}
          <button type="button" className="link-button" onClick={() => setOpen('withdraw')}>
            {t('clause.withdraw')}
          </button>
        </div>
      )}
      {open === 'confirm' && <ConfirmForm partyId={partyId} one={one} onDone={close} />}
      {open === 'withdraw' && <WithdrawForm id={one.id} onDone={close} />}
    </li>
  );
}

function ConfirmForm({ partyId, one, onDone }: { partyId: string; one: Understanding; onDone: () => void }) {
  const [cite, setCite] = useState<Cite | null>(null);
  return (
    <DoForm
      says={t('beside.confirm')}
      doneSays={t('beside.state-confirmed')}
      act={() => confirmUnderstanding({ path: { id: one.id }, body: { cite: cite! } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={cite ? null : t('beside.writtenNeeded')}
    >
      <CitePicker partyId={partyId} side={one.side} says={t('beside.written')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}

function WithdrawForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ReasonForm
      says={t('clause.withdraw')}
      doneSays={t('beside.state-withdrawn')}
      reason={reason}
      onReason={setReason}
      act={() => withdrawUnderstanding({ path: { id }, body: { reason } })}
      onDone={onDone}
      onCancel={onDone}
    />
  );
}

type Adding = { partyId: string; agreementId: string | null; clause: Clause | null; onDone: () => void };

/** What was granted or promised, in whose words; with a clause it is an exception from it. */
export function UnderstandingForm({ partyId, agreementId, clause, onDone }: Adding) {
  const [kind, setKind] = useState<Understanding['kind']>(clause ? 'exception' : 'promise');
  const [side, setSide] = useState<Understanding['side']>(clause ? 'ours' : 'theirs');
  const [says, setSays] = useState('');
  const [on, setOn] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  const body = { kind, side, says, on: on || null, agreementId, clauseId: clause?.id ?? null };
  return (
    <DoForm
      says={t('beside.keep')}
      doneSays={t('beside.kept')}
      act={() => addUnderstanding({ path: { id: partyId }, body: { ...body, cite: cite! } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={cite && says.trim() !== '' ? null : t('beside.needs')}
    >
      <div className="do-pair">
        <label>
          {t('beside.kind')}
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value as typeof kind)}>
            {clause && <option value="exception">{t('beside.kind-exception')}</option>}
            <option value="permission">{t('beside.kind-permission')}</option>
            <option value="promise">{t('beside.kind-promise')}</option>
          </select>
        </label>
        <label>
          {t('beside.whose')}
          <select value={side} onChange={(event) => setSide(event.currentTarget.value as typeof side)}>
            <option value="ours">{t('beside.by-ours')}</option>
            <option value="theirs">{t('beside.by-theirs')}</option>
          </select>
        </label>
        <label>
          {t('beside.on')}
          <input type="date" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        </label>
      </div>
      <label>
        {t('beside.what')}
        <input value={says} onChange={(event) => setSays(event.currentTarget.value)} />
      </label>
      <CitePicker partyId={partyId} says={t('beside.words')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}
