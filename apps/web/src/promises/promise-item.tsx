import { useState } from 'react';
import { t } from '../words/t.ts';
import { BecauseForm } from './because-form.tsx';
import { DueFields, Warning } from './due-fields.tsx';
import { dayWords } from './promise-words.ts';
import {
  type Commitment,
  type DueWish,
  movePromise,
  reopenPromise,
  type Side,
  settlePromise,
} from './promises.queries.ts';
import { SideChoice } from './side-choice.tsx';
import { Steps } from './steps.tsx';

type Act = 'kept' | 'broken' | 'released' | 'mistaken' | 'move' | 'reopen';

/** One promise: who, what, when, how it stands, and what can be said of it. */
export function PromiseItem({ promise }: { promise: Commitment }) {
  const [act, setAct] = useState<Act | null>(null);
  const isOpen = promise.state === 'open' || promise.state === 'overdue';
  const acts: readonly Act[] = isOpen ? ['kept', 'move', 'broken', 'released', 'mistaken'] : ['reopen'];
  return (
    <li className={`promise promise-${promise.side}`}>
      <p>
        <span className="number quiet">{promise.number}</span> {promise.who}: <strong>{promise.what}</strong>
      </p>
      <p className="small">
        <span className={promise.state === 'overdue' ? 'promise-risk' : undefined}>
          {t(`promise.state.${promise.state}`)}
        </span>
        <span className="quiet"> · {promise.due ? dayWords(promise.due) : t('promise.undated')}</span>
      </p>
      {promise.due && <Warning warning={promise.warning} date={promise.due.date} />}
      {act === null && (
        <p className="row small">
          {acts.map((one) => (
            <button key={one} type="button" className="link-button" onClick={() => setAct(one)}>
              {t(`promise.act.${one}`)}
            </button>
          ))}
        </p>
      )}
      {act !== null && <ActForm promise={promise} act={act} onDone={() => setAct(null)} />}
      <Steps steps={promise.steps} partyId={promise.partyId} />
    </li>
  );
}

type Acting = { promise: Commitment; act: Act; onDone: () => void };

function ActForm({ promise, act, onDone }: Acting) {
  const { id, partyId, side } = promise;
  const form = { partyId, onDone, says: t(`promise.act.${act}`) };
  if (act === 'move') return <MoveForm promise={promise} onDone={onDone} />;
  if (act === 'reopen')
    return (
      <BecauseForm {...form} words={null} isReasonNeeded onGive={({ reason }) => reopenPromise(id, reason)} />
    );
  if (act === 'released')
    return (
      <BecauseForm
        {...form}
        // They let us off in their words; that we let them off, we say ourselves.
        words={{ side: side === 'ours' ? 'theirs' : 'ours', isNeeded: side === 'ours' }}
        isReasonNeeded={side === 'theirs'}
        onGive={(given) => settlePromise(id, { ...given, as: act })}
      />
    );
  return (
    <BecauseForm
      {...form}
      words={{ side: undefined, isNeeded: false }}
      isReasonNeeded
      onGive={(given) => settlePromise(id, { ...given, as: act })}
    />
  );
}

function MoveForm({ promise, onDone }: Omit<Acting, 'act'>) {
  const { id, partyId, due } = promise;
  const [side, setSide] = useState<Side>('theirs');
  const [wish, setWish] = useState<DueWish>({ date: due?.date ?? '', time: due?.time ?? null });
  return (
    <BecauseForm
      partyId={partyId}
      says={t('promise.act.move')}
      words={{ side, isNeeded: false }}
      isReasonNeeded
      onGive={(given) => movePromise(id, { ...given, side, due: wish.date === '' ? null : wish })}
      onDone={onDone}
    >
      <SideChoice side={side} says={t('promise.askedBy')} onChoose={setSide} />
      <DueFields says={t('promise.when')} due={wish} onChange={setWish} />
    </BecauseForm>
  );
}
