import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LetterWait } from '../generated/types.gen.ts';
import { StayingButton } from '../shell/staying-button.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { say, t } from '../words/t.ts';
import { momentOf, timeOf } from '../words/when.ts';
import { actOn, type WaitAct } from './gate.queries.ts';
import { GateLines } from './gate-lines.tsx';
import { HurryForm } from './hurry-form.tsx';
import { DoneTo } from './letter-done.tsx';

const SECOND_MS = 1000;

/** A letter that waits: what for, until when, and what can be done meanwhile. */
export function WaitCard({ wait, sha256 }: { wait: LetterWait; sha256: string }) {
  const { id, verdict, standing, isMine, mayApprove, coolsUntil } = wait;
  const now = useNow();
  const acting = useMutation({ mutationFn: (act: WaitAct) => actOn({ id, act }) });
  const button = (act: WaitAct, says: string, more: { isMain?: boolean; disabled?: boolean } = {}) => (
    <StayingButton
      className={more.isMain ? 'action action-first' : 'action'}
      disabled={more.disabled}
      data-loading={acting.isPending}
      onClick={() => acting.mutate(act)}
    >
      {says}
    </StayingButton>
  );
  const isEarly = coolsUntil !== null && Date.parse(coolsUntil) > now;
  return (
    <section className="sending letter-gate stack" aria-label={t('gate.title')}>
      <h2>{t('gate.title')}</h2>
      <p>{waitWords(wait, now)}</p>
      <GateLines partyId={wait.partyId} standing={standing} />
      <DoneTo wait={wait} />
      <div className="row">
        {mayApprove && button({ does: 'approve', sha256 }, t('gate.approve'), { isMain: true })}
        {verdict === 'look' &&
          button({ does: 'look' }, t('gate.sendLooked'), { isMain: !isEarly, disabled: isEarly })}
        {button({ does: 'take-back' }, t('gate.takeBack'))}
      </div>
      {acting.error && (
        <p className="notice" role="alert">
          {problemWords(acting.error)}
        </p>
      )}
      {(isMine || verdict !== 'second-person') && (
        <HurryForm id={id} asksSecond={verdict === 'second-person'} />
      )}
    </section>
  );
}

function waitWords({ verdict, until, mayApprove, askedBy, coolsUntil, atOpening }: LetterWait, now: number) {
  if (verdict === 'second-person')
    return mayApprove ? t('gate.waitsForYou', { who: askedBy }) : t('gate.waitsForOther');
  if (verdict === 'look')
    return coolsUntil && Date.parse(coolsUntil) > now
      ? t('gate.lookFrom', { at: timeOf(coolsUntil) })
      : t('gate.lookNow');
  if (until && atOpening) return t('gate.waits', { at: momentOf(until) });
  const seconds = until ? Math.max(0, Math.ceil((Date.parse(until) - now) / SECOND_MS)) : 0;
  return t('gate.leavesIn', { seconds });
}

/** One that waited and did not leave: when, and why not. */
export function WaitOver({ wait: { state, endedAt, stoppedWhy } }: { wait: LetterWait }) {
  if (state !== 'taken-back' && state !== 'stopped') return null;
  const at = endedAt ? momentOf(endedAt) : '';
  return (
    <p className="small quiet">
      {t(`gate.state.${state}`, { at })} {stoppedWhy && reasonWords(stoppedWhy)}
    </p>
  );
}

/** Some sentences need what only the refusal itself carries; then its word stands here. */
function reasonWords(code: string): string {
  try {
    return say(`problem.${code}`) ?? code;
  } catch {
    return code;
  }
}

/** The time as the program counts it, once a second. */
function useNow(): number {
  const [now, setNow] = useState(() => clockNow().getTime());
  useEffect(() => {
    const ticking = setInterval(() => setNow(clockNow().getTime()), SECOND_MS);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
