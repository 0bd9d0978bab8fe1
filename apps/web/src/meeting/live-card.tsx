import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Procedure } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import type { Now } from '../procedure/procedure.queries.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { type Choice, cardQuery, type ProcedureStep, tapsOf } from './meeting.queries.ts';
import { TapList } from './tap-list.tsx';
import { useTap } from './use-tap.ts';

type Given = { procedure: Procedure; now: Now; step: ProcedureStep };

/** In the meeting: what to keep in mind, what to say, one press each. What was pressed has its time. */
export function LiveCard({ procedure, now, step }: Given) {
  const [asking, setAsking] = useState<Choice | null>(null);
  const tap = useTap(procedure);
  const press = (choice: Choice) => {
    if (choice.asks) setAsking(choice);
    else tap.mutate({ choice: choice.id, reason: null });
  };
  return (
    <>
      <Mind procedure={procedure} step={step} />
      {tap.error && (
        <p className="notice" role="alert">
          {problemWords(tap.error)}
        </p>
      )}
      {asking?.asks ? (
        <AskForm
          choice={asking}
          isBusy={tap.isPending}
          onSay={(reason) => tap.mutate({ choice: asking.id, reason }, { onSuccess: () => setAsking(null) })}
          onBack={() => setAsking(null)}
        />
      ) : (
        <>
          <Buttons
            choices={now.choices.filter((one) => !one.isLeaving)}
            isBusy={tap.isPending}
            onPress={press}
          />
          <TapList procedure={procedure} />
          <Buttons
            className="meeting-ends"
            choices={now.choices.filter((one) => one.isLeaving)}
            isBusy={tap.isPending}
            onPress={press}
          />
        </>
      )}
    </>
  );
}

/** What to keep in mind now, and after a press the words that go with it. */
function Mind({ procedure, step }: { procedure: Procedure; step: ProcedureStep }) {
  const { data: card } = useQuery(cardQuery(procedure.id));
  const say = tapsOf(procedure).at(-1)?.say ?? null;
  return (
    <section className="sheet meeting-sheet" aria-labelledby="meeting-step">
      <h2 id="meeting-step">{inReaders(step.title)}</h2>
      <p className="meeting-mind">{inReaders(step.text)}</p>
      <p role="status">{say && <q className="meeting-say">{inReaders(say)}</q>}</p>
      {card && card.endingWords !== '' && (
        <p className="small">
          {t('meeting.yourEnding')} <q>{card.endingWords}</q>
        </p>
      )}
    </section>
  );
}

type Pressing = {
  className?: string;
  choices: readonly Choice[];
  isBusy: boolean;
  onPress: (choice: Choice) => void;
};

/** Those that end or change it lie where the thumb is; those that go on are above. */
function Buttons({ className = '', choices, isBusy, onPress }: Pressing) {
  if (choices.length === 0) return null;
  return (
    <div className={`meeting-buttons ${className}`}>
      {choices.map((choice) => (
        <button
          key={choice.id}
          type="button"
          className="meeting-button"
          title={choice.say ? inReaders(choice.say) : undefined}
          {...staying(isBusy)}
          onClick={() => onPress(choice)}
        >
          {inReaders(choice.title)}
        </button>
      ))}
    </div>
  );
}

type Asking = { choice: Choice; isBusy: boolean; onSay: (words: string) => void; onBack: () => void };

function AskForm({ choice, isBusy, onSay, onBack }: Asking) {
  const [words, setWords] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSay(words.trim());
  };
  return (
    <form className="sheet meeting-sheet stack" onSubmit={submit}>
      <strong>{inReaders(choice.title)}</strong>
      {choice.say && <q>{inReaders(choice.say)}</q>}
      <label className="meeting-field">
        {choice.asks && inReaders(choice.asks)}
        <textarea
          rows={3}
          // The one thing that is asked, in a room where every second counts.
          ref={(field) => field?.focus()}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <div className="row">
        <Button type="submit" size="md" loading={isBusy} disabled={words.trim() === ''}>
          {t('meeting.note')}
        </Button>
        <button type="button" className="link-button meeting-back" onClick={onBack}>
          {t('meeting.back')}
        </button>
      </div>
    </form>
  );
}
