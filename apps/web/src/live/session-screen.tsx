import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { HoldButton } from './hold-button.tsx';
import { LimitButtons } from './limit-buttons.tsx';
import type { Shown } from './live.state.ts';
import { endSession, noteDown } from './live.state.ts';
import { LiveHead } from './live-head.tsx';
import { Missing } from './missing.tsx';
import { type Session, TOPICS } from './note.ts';
import { NotedList } from './noted-list.tsx';
import { quoteField } from './quote.state.ts';
import { QuoteField } from './quote-field.tsx';

/** A session that goes on: everything that is pressed lies under the thumb, each press is a note with its time. */
export function SessionScreen({ session, state, onCover }: Shown & { session: Session }) {
  const noteTopic = (topic: (typeof TOPICS)[number]) => {
    const quote = quoteField.take();
    return noteDown({ text: `${t(`live.${topic}`)}.`, quotes: quote ? [quote] : [], topic });
  };
  return (
    <>
      <LiveHead state={state} onCover={onCover}>
        <h1>{session.handle}</h1>
        <span className="quiet number">{t('live.since', { time: timeOf(session.startedAt) })}</span>
      </LiveHead>
      <Missing isFolded />
      <NotedList session={session} state={state} />
      <div className="live-foot">
        <QuoteField />
        <div className="live-pairs">
          {TOPICS.map((topic) => (
            <button key={topic} type="button" className="live-big" onClick={() => void noteTopic(topic)}>
              {t(`live.${topic}`)}
            </button>
          ))}
        </div>
        <LimitButtons session={session} />
        <HoldButton says={t('live.end')} asks={t('live.endAsk')} onHeld={() => void endSession()} />
      </div>
    </>
  );
}
