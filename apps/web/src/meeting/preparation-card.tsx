import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keepMeetingCard } from '../generated/sdk.gen.ts';
import type { MeetingCard, Procedure } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import type { Now } from '../procedure/procedure.queries.ts';
import { StandingList } from '../procedure/standing-list.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t, type WordKey } from '../words/t.ts';
import { HabitsSection } from './habits-section.tsx';
import { type Choice, cardQuery, type ProcedureStep } from './meeting.queries.ts';
import { useTap } from './use-tap.ts';

type Given = { procedure: Procedure; now: Now; step: ProcedureStep };
type Field = Exclude<keyof MeetingCard, 'done'>;

const FIELDS: readonly (readonly [Field, WordKey])[] = [
  ['theyWant', 'meeting.theyWant'],
  ['want', 'meeting.want'],
  ['fear', 'meeting.fear'],
  ['best', 'meeting.best'],
  ['worst', 'meeting.worst'],
  ['endingWords', 'meeting.endingWords'],
];

/** Before a meeting: what stands open, what both want, how it may end. What is written here stays with who wrote it. */
export function PreparationCard({ procedure, now, step }: Given) {
  const { data } = useQuery({ ...cardQuery(procedure.id), throwOnError: true });
  return (
    <>
      <section className="sheet meeting-sheet stack" aria-labelledby="meeting-step">
        <h2 id="meeting-step">{inReaders(step.title)}</h2>
        <p className="meeting-mind">{inReaders(step.text)}</p>
      </section>
      {now.standing && <StandingList standing={now.standing} partyId={procedure.partyId} />}
      {data && <OwnCard key={procedure.id} id={procedure.id} before={data} />}
      <Leaving procedure={procedure} now={now} />
    </>
  );
}

function OwnCard({ id, before }: { id: string; before: MeetingCard }) {
  const [card, setCard] = useState(before);
  const queries = useQueryClient();
  const keeping = useMutation({
    mutationFn: (body: MeetingCard) => keepMeetingCard({ path: { id }, body }),
    onSuccess: (kept) => queries.setQueryData(cardQuery(id).queryKey, kept),
  });
  const { mutate } = keeping;
  // Whatever was typed is kept a moment later; there is no button to forget.
  useEffect(() => {
    if (card === before) return undefined;
    const timer = setTimeout(() => mutate(card), 600);
    return () => clearTimeout(timer);
  }, [card, before, mutate]);
  const tick = (habit: string) =>
    setCard(({ done, ...rest }) => ({
      ...rest,
      done: done.includes(habit) ? done.filter((one) => one !== habit) : [...done, habit],
    }));
  return (
    <section className="sheet meeting-sheet stack" aria-labelledby="meeting-own">
      <div>
        <h2 id="meeting-own">{t('meeting.own')}</h2>
        <p className="small quiet">{t('meeting.private')}</p>
      </div>
      {FIELDS.map(([field, says]) => (
        <Textarea
          key={field}
          label={t(says)}
          autosize
          minRows={1}
          maxRows={6}
          value={card[field]}
          onChange={(event) => setCard({ ...card, [field]: event.currentTarget.value })}
        />
      ))}
      <p className="small quiet" role="status">
        {keeping.error
          ? problemWords(keeping.error)
          : t(keeping.isPending ? 'meeting.keeping' : 'meeting.kept')}
      </p>
      <HabitsSection done={card.done} onTick={tick} />
    </section>
  );
}

/** On to the meeting, or not at all. */
function Leaving({ procedure, now }: { procedure: Procedure; now: Now }) {
  const [asking, setAsking] = useState<Choice | null>(null);
  const [words, setWords] = useState('');
  const tap = useTap(procedure);
  const press = (choice: Choice) => {
    if (choice.asks && choice.id !== asking?.id) setAsking(choice);
    else tap.mutate({ choice: choice.id, reason: words.trim() || null });
  };
  return (
    <section className="meeting-leaving stack">
      {tap.error && (
        <p className="notice" role="alert">
          {problemWords(tap.error)}
        </p>
      )}
      {asking?.asks && (
        <TextInput
          label={inReaders(asking.asks)}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <div className="row">
        {now.choices.map((choice, i) => (
          <Button
            key={choice.id}
            size="md"
            variant={i === 0 ? 'filled' : 'default'}
            loading={tap.isPending}
            onClick={() => press(choice)}
          >
            {inReaders(choice.title)}
          </Button>
        ))}
      </div>
    </section>
  );
}
