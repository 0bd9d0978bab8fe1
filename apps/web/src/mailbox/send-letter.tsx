import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Gate } from '../generated/types.gen.ts';
import { StayingButton } from '../shell/staying-button.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { gateQuery } from './gate.queries.ts';
import { GateLines } from './gate-lines.tsx';
import { send, sendingsQuery, waitingOf } from './mailbox.queries.ts';
import { SendingList } from './sending-view.tsx';
import { WaitCard, WaitOver } from './wait-card.tsx';
import './gate.css';

type Given = {
  procedureId: string;
  partyId: string;
  letter: string;
  confirmedNames: string[];
  /** Of the words that are shown beside: what a second person approves. */
  sha256: string;
};

/** A finished letter leaves by our own mailbox, when there is one that can send, and passes the gate on its way. */
export function SendLetter({ procedureId, partyId, letter, confirmedNames, sha256 }: Given) {
  const { data } = useQuery(sendingsQuery({ procedure: procedureId }));
  const waiting = waitingOf(data, letter);
  const waits = waiting !== undefined;
  const queries = useQueryClient();
  useEffect(() => {
    if (!waits) return;
    // It left by itself, or another person let it go: the procedure around it has gone on.
    return () => void queries.invalidateQueries();
  }, [waits, queries]);
  if (!data || (!data.canSend && data.items.length === 0)) return null;
  const last = data.waits.findLast((wait) => wait.letter === letter);
  return (
    <div className="stack">
      {waiting ? (
        <WaitCard wait={waiting} sha256={sha256} />
      ) : (
        <>
          {last && <WaitOver wait={last} />}
          {data.canSend && <SendNow of={{ procedureId, letter, confirmedNames }} partyId={partyId} />}
        </>
      )}
      <SendingList of={{ procedure: procedureId }} />
    </div>
  );
}

/** What stands against it, before it is sent; outside our hours it can be sent for their beginning. */
function SendNow({ of, partyId }: { of: Omit<Given, 'sha256' | 'partyId'>; partyId: string }) {
  const { data: gate } = useQuery(gateQuery(of.procedureId, of.letter, of.confirmedNames[0]));
  const [asksOpened, setAsks] = useState(false);
  const sending = useMutation({
    mutationFn: (atOpening: boolean) => send({ ...of, asksOpened, atOpening }),
  });
  const opens = gate?.standing.find(({ rule }) => rule === 'hours')?.at;
  const isForbidden = gate?.verdict === 'forbidden';
  return (
    <>
      {gate && <GateAhead partyId={partyId} gate={gate} />}
      <div className="row">
        {opens && !isForbidden && (
          <StayingButton
            className="action action-first"
            data-loading={sending.isPending}
            onClick={() => sending.mutate(true)}
          >
            {t('gate.sendAt', { at: momentOf(opens) })}
          </StayingButton>
        )}
        <StayingButton
          className="action"
          disabled={isForbidden}
          data-loading={sending.isPending}
          onClick={() => sending.mutate(false)}
        >
          {sending.isPending ? t('sending.leaving') : sendWords(gate)}
        </StayingButton>
        <label className="row">
          <input
            type="checkbox"
            checked={asksOpened}
            onChange={(event) => setAsks(event.currentTarget.checked)}
          />
          {t('sending.asksOpened')}
        </label>
      </div>
      {sending.error && (
        <p className="notice" role="alert">
          {problemWords(sending.error)}
        </p>
      )}
    </>
  );
}

function sendWords(gate: Gate | undefined): string {
  if (gate?.verdict === 'second-person') return t('gate.ask');
  return gate?.verdict === 'look' ? t('gate.send') : t('sending.send');
}

function GateAhead({ partyId, gate: { verdict, standing } }: { partyId: string; gate: Gate }) {
  const undo = standing.find(({ rule }) => rule === 'undo')?.at;
  const seconds = undo ? Math.max(1, Math.round((Date.parse(undo) - clockNow().getTime()) / 1000)) : 0;
  return (
    <div className="letter-gate-ahead">
      <GateLines partyId={partyId} standing={standing} />
      {verdict !== 'leaves' && (verdict !== 'waits' || undo) && (
        <p className="small quiet">{t(`gate.now.${verdict}`, { seconds })}</p>
      )}
    </div>
  );
}
