import { useState } from 'react';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { copied } from './copy.ts';
import type { Shown } from './live.state.ts';
import { leaveSession, noteDown } from './live.state.ts';
import { LiveHead } from './live-head.tsx';
import { type Session, wordsOfStep } from './note.ts';
import { NotedList } from './noted-list.tsx';
import { SelectToCopy } from './select-to-copy.tsx';

const DONE = ['blocked', 'reported'] as const;
const LEAVING = ['no-reply', 'later', 'platform', 'police', 'friend'] as const;

/** It has ended. What was done about it is noted when somebody says so, each with its time. */
export function EndedScreen({ session, state, onCover }: Shown & { session: Session }) {
  return (
    <>
      <LiveHead state={state} onCover={onCover}>
        <h1>{session.handle}</h1>
        <span className="quiet number">{t('live.ended', { time: timeOf(session.endedAt!) })}</span>
      </LiveHead>
      <p className="live-sum" role="status">
        {t('live.endedSum', { count: session.noted })}
      </p>
      <NotedList session={session} state={state} />
      <div className="live-foot">
        <LastWords session={session} />
        <Answers legend={t('live.isDone')} choices={DONE} />
        <Answers legend={t('live.leaving')} choices={LEAVING} />
        <button type="button" className="live-big live-main" onClick={() => void leaveSession()}>
          {t('live.close')}
        </button>
      </div>
    </>
  );
}

type Choice = (typeof DONE | typeof LEAVING)[number];

function Answers({ legend, choices }: { legend: string; choices: readonly Choice[] }) {
  const [said, setSaid] = useState<readonly Choice[]>([]);
  const answer = async (choice: Choice) => {
    setSaid([...said, choice]);
    await noteDown({ text: `${t(`live.done-${choice}`)}.` });
  };
  return (
    <fieldset className="live-answers">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          className="live-answer"
          aria-pressed={said.includes(choice)}
          disabled={said.includes(choice)}
          onClick={() => void answer(choice)}
        >
          {t(`live.done-${choice}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** What may be said as one leaves; nobody has to. */
function LastWords({ session }: { session: Session }) {
  const [told, setTold] = useState<boolean | null>(null);
  const found = wordsOfStep(session, 'restriction');
  if (!found) return null;
  const say = async () => {
    const isCopied = await copied(found.words);
    await noteDown({ text: `${t('live.said-restriction')}\n\n${found.words}` });
    setTold(isCopied);
  };
  if (told !== null) return <SelectToCopy {...found} isCopied={told} />;
  return (
    <button type="button" className="live-answer" onClick={() => void say()}>
      {t('live.say-restriction')}
    </button>
  );
}
