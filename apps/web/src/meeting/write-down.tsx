import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keepByHand } from '../by-hand/by-hand.queries.ts';
import { NeutralCheck } from '../by-hand/neutral-check.tsx';
import { doProcedureStep } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { stepTaken } from '../procedure/procedure.queries.ts';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { READER_ZONE, timeOf } from '../words/when.ts';
import { begunAt, tapsOf } from './meeting.queries.ts';
import { TapList } from './tap-list.tsx';

type Kind = 'meeting' | 'call';
type Kept = { readonly id: string; readonly kind: Kind };

/** After the meeting: its record, begun with what was noted in it; then the summary starts from that record. */
export function WriteDown({ procedure, partyId }: { procedure: Procedure; partyId: string }) {
  const [kept, setKept] = useState<Kept | null>(null);
  if (kept)
    return (
      <section className="sheet meeting-sheet stack">
        <p role="status">{t('meeting.recorded')}</p>
        <StartProcedure subject={kept.kind} partyId={partyId} subjectId={kept.id} />
      </section>
    );
  if (procedure.endedAt !== null) return <TapList procedure={procedure} />;
  return <WriteForm procedure={procedure} partyId={partyId} onKept={setKept} />;
}

type Writing = { procedure: Procedure; partyId: string; onKept: (kept: Kept) => void };

function WriteForm({ procedure, partyId, onKept }: Writing) {
  const [kind, setKind] = useState<Kind>('meeting');
  const [text, setText] = useState(() => notesOf(procedure));
  const queries = useQueryClient();
  const step = procedure.steps.find(({ id }) => id === procedure.now?.step);
  const keeping = useMutation({
    mutationFn: async () => {
      const { id } = await keepByHand(recordOf(procedure, partyId, kind, text));
      const changed = await doProcedureStep({
        path: { id: procedure.id, step: procedure.now?.step ?? '' },
        body: { choice: null, reason: null, outsider: null },
      });
      stepTaken(queries, changed);
      return id;
    },
    onSuccess: (id) => onKept({ id, kind }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate();
  };
  return (
    <form className="sheet meeting-sheet stack" onSubmit={submit}>
      {step && (
        <div>
          <h2>{inReaders(step.title)}</h2>
          <p className="meeting-mind">{inReaders(step.text)}</p>
        </div>
      )}
      <NativeSelect
        label={t('meeting.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
        data={[
          { value: 'meeting', label: t('meeting.kind.meeting') },
          { value: 'call', label: t('meeting.kind.call') },
        ]}
      />
      <Textarea
        label={t('meeting.text')}
        autosize
        minRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NeutralCheck text={text} />
      {keeping.error && (
        <p className="notice" role="alert">
          {problemWords(keeping.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={keeping.isPending} disabled={text.trim() === ''}>
        {t('meeting.record')}
      </Button>
    </form>
  );
}

/** A line for each press, with its time; words that were noted in quotation marks. */
function notesOf(procedure: Procedure): string {
  return tapsOf(procedure)
    .map(({ at, title, words }) => `${timeOf(at)} ${inReaders(title)}${words ? `: "${words}"` : ''}`)
    .join('\n');
}

const MINUTE_MS = 60_000;

function recordOf(procedure: Procedure, partyId: string, kind: Kind, text: string) {
  const at = begunAt(procedure) ?? procedure.startedAt;
  const last = tapsOf(procedure).at(-1)?.at ?? clockNow().toISOString();
  const durationMin = Math.max(1, Math.round((Date.parse(last) - Date.parse(at)) / MINUTE_MS));
  return {
    ...{ kind, direction: kind === 'call' ? ('inbound' as const) : null, parties: [{ id: partyId }] },
    ...{ at: localIso(at), zone: READER_ZONE, durationMin, text },
  };
}

/** The moment with the offset the reader's clock has then. */
function localIso(at: string): string {
  const moment = new Date(at);
  const offset = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offset * MINUTE_MS).toISOString().slice(0, 19);
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}
