import { useState } from 'react';
import { disputeSum, recordSum, settleSum, withdrawSum } from '../generated/sdk.gen.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { CiteLink, CitePicker } from './cite-picker.tsx';
import { money } from './clause-words.ts';
import { DoForm, ReasonForm } from './do-form.tsx';
import type { Cite, Sum } from './shapes.ts';

/** Money that one side owes the other, with what shows it. */
export function SumsSection({ partyId, sums }: { partyId: string; sums: readonly Sum[] }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('sum.title')}</h2>
      {sums.length === 0 && <p className="answer-none quiet">{t('sum.none')}</p>}
      <ul>
        {sums.map((sum) => (
          <SumLine key={sum.id} partyId={partyId} sum={sum} />
        ))}
      </ul>
      {isAdding ? (
        <SumForm partyId={partyId} onDone={() => setAdding(false)} />
      ) : (
        <p className="terms-line terms-actions">
          <button type="button" className="link-button" onClick={() => setAdding(true)}>
            {t('sum.add')}
          </button>
        </p>
      )}
    </section>
  );
}

type Open = 'dispute' | 'settle' | 'withdraw' | null;

function SumLine({ partyId, sum }: { partyId: string; sum: Sum }) {
  const [open, setOpen] = useState<Open>(null);
  const { tag } = language.use();
  const { number, side, amount, currency, what, dueOn, state, disputed, dispute, cite, settledOn, reason } =
    sum;
  const close = () => setOpen(null);
  return (
    <li className="terms-line">
      <span className="row">
        <strong>{t(`sum.owed-${side}`, { number, amount: money(amount, currency, tag) })}</strong>
        <span className={state === 'open' ? 'terms-state terms-state-open' : 'terms-state'}>
          {t(`sum.state-${state}`)}
        </span>
        {disputed && (
          <span className="terms-state">{t('sum.disputed', { amount: money(disputed, currency, tag) })}</span>
        )}
      </span>
      <p className="terms-says">
        {what}
        {dueOn && <span className="quiet"> {t('sum.due', { date: dateOf(dueOn) })}</span>}
        {settledOn && <span className="quiet"> {t('sum.settledOn', { date: dateOf(settledOn) })}</span>}
      </p>
      {cite && <CiteLink partyId={partyId} cite={cite} />}
      {dispute && <CiteLink partyId={partyId} cite={dispute} />}
      {reason && <p className="small quiet">{reason}</p>}
      {state === 'open' && open === null && (
        <div className="terms-actions">
          {(['settle', 'dispute', 'withdraw'] as const).map((action) => (
            <button key={action} type="button" className="link-button" onClick={() => setOpen(action)}>
              {t(`sum.${action}`)}
            </button>
          ))}
        </div>
      )}
      {open === 'dispute' && <DisputeForm partyId={partyId} sum={sum} onDone={close} />}
      {open === 'settle' && <SettleForm partyId={partyId} sum={sum} onDone={close} />}
      {open === 'withdraw' && <WithdrawForm id={sum.id} onDone={close} />}
    </li>
  );
}

type Doing = { partyId: string; sum: Sum; onDone: () => void };

function DisputeForm({ partyId, sum, onDone }: Doing) {
  const [amount, setAmount] = useState(sum.amount);
  const [cite, setCite] = useState<Cite | null>(null);
  return (
    <DoForm
      says={t('sum.dispute')}
      doneSays={t('sum.disputeKept')}
      act={() => disputeSum({ path: { id: sum.id }, body: { amount, cite: cite! } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={cite ? null : t('cite.needed')}
    >
      <label>
        {t('sum.amount')}
        <input
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
      </label>
      <CitePicker partyId={partyId} says={t('sum.disputeWords')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}

function SettleForm({ partyId, sum, onDone }: Doing) {
  const [on, setOn] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  const [reason, setReason] = useState('');
  return (
    <DoForm
      says={t('sum.settle')}
      doneSays={t('sum.state-settled')}
      act={() => settleSum({ path: { id: sum.id }, body: { on, cite, reason: reason || null } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={on === '' ? t('sum.dayNeeded') : null}
    >
      <label>
        {t('sum.day')}
        <input type="date" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      </label>
      <ShownBy partyId={partyId} cite={cite} onPick={setCite} reason={reason} onReason={setReason} />
    </DoForm>
  );
}

function WithdrawForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ReasonForm
      says={t('sum.withdraw')}
      doneSays={t('sum.state-withdrawn')}
      reason={reason}
      onReason={setReason}
      act={() => withdrawSum({ path: { id }, body: { reason } })}
      onDone={onDone}
      onCancel={onDone}
    />
  );
}

type Shown = {
  partyId: string;
  cite: Cite | null;
  onPick: (cite: Cite | null) => void;
  reason: string;
  onReason: (reason: string) => void;
};

/** Words of the record that show it, or why there are none. */
function ShownBy({ partyId, cite, onPick, reason, onReason }: Shown) {
  return (
    <>
      <CitePicker partyId={partyId} says={t('sum.shownBy')} cite={cite} onPick={onPick} />
      {!cite && (
        <label>
          {t('sum.noRecord')}
          <input value={reason} onChange={(event) => onReason(event.currentTarget.value)} />
        </label>
      )}
    </>
  );
}

function SumForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const [side, setSide] = useState<Sum['side']>('theirs');
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [what, setWhat] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  const [reason, setReason] = useState('');
  const body = { side, amount, currency, what, dueOn: dueOn || null, cite, reason: reason || null };
  return (
    <DoForm
      says={t('sum.keep')}
      doneSays={t('sum.kept')}
      act={() => recordSum({ path: { id: partyId }, body })}
      onDone={onDone}
      onCancel={onDone}
      lacks={amount === '' || what.trim() === '' ? t('sum.needs') : null}
    >
      <div className="do-pair">
        <label>
          {t('sum.whoOwes')}
          <select value={side} onChange={(event) => setSide(event.currentTarget.value as typeof side)}>
            <option value="theirs">{t('sum.they')}</option>
            <option value="ours">{t('sum.we')}</option>
          </select>
        </label>
        <label>
          {t('sum.amount')}
          <input
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
        </label>
        <label>
          {t('sum.currency')}
          <input
            maxLength={3}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
        </label>
        <label>
          {t('sum.dueField')}
          <input type="date" value={dueOn} onChange={(event) => setDueOn(event.currentTarget.value)} />
        </label>
      </div>
      <label>
        {t('sum.what')}
        <input value={what} onChange={(event) => setWhat(event.currentTarget.value)} />
      </label>
      <ShownBy partyId={partyId} cite={cite} onPick={setCite} reason={reason} onReason={setReason} />
    </DoForm>
  );
}
