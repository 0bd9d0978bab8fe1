import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { type Language, useLearnt } from '../language/engine.ts';
import { FindingList } from '../language/finding-list.tsx';
import { kindWords } from '../language/kind-words.ts';
import { MarkedText } from '../language/marked-text.tsx';
import { ReplyBox } from '../language/reply-box.tsx';
import { countByKind } from '../language/segments.ts';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';

const WAIT_MS = 200;

/** What they ask, numbered; what is marked in their words; a reply that is checked. Worked out in this page only. */
export function PasteAnswer({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, WAIT_MS);
  const seen = useSeen(settled);
  const [isFolded, setFolded] = useState(false);
  useKeys([{ keys: 'h', says: 'keys.fold', run: () => setFolded((now) => !now) }]);
  return (
    <>
      <p className="unseen" role="status">
        {seen && t('answer.heard', { asks: seen.asks.length, marks: seen.signals.length })}
      </p>
      {seen ? (
        <Answer seen={seen} text={settled} isFolded={isFolded} onFold={() => setFolded((now) => !now)} />
      ) : (
        <p className="quiet small">{t('answer.reading')}</p>
      )}
    </>
  );
}

type Seen = NonNullable<ReturnType<typeof useSeen>>;
type Shown = { seen: Seen; text: string; isFolded: boolean; onFold: () => void };

function Answer({ seen, text, isFolded, onFold }: Shown) {
  const { asks, signals, flags, questionFor, cutAt, isRulesOnly } = seen;
  return (
    <div className="stack answer">
      <section className="sheet">
        <h2 className="answer-head">{t('answer.asks')}</h2>
        {asks.length === 0 ? (
          <p className="answer-none quiet">{t('answer.noAsks')}</p>
        ) : (
          <FindingList
            findings={asks}
            help={() => <span className="small quiet">{t('answer.ground')}</span>}
          />
        )}
      </section>
      <section className="sheet">
        <div className="answer-head row">
          <h2>{t('answer.marked')}</h2>
          <span className="small quiet kind-counts">
            {countByKind(signals).map(([kind, count]) => (
              <span key={kind}>
                {kindWords({ kind })} {count}×
              </span>
            ))}
          </span>
          <button type="button" className="link-button small" onClick={onFold}>
            {isFolded ? t('answer.unfold') : t('answer.fold')}
          </button>
        </div>
        {signals.length === 0 && <p className="answer-none quiet">{t('answer.noMarks')}</p>}
        {isRulesOnly && <p className="small quiet">{t('answer.rulesOnly')}</p>}
        {cutAt !== null && <p className="small quiet">{t('answer.cut', { count: cutAt })}</p>}
        {!isFolded && (
          <div className="words answer-words" dir="auto">
            <MarkedText text={text} findings={signals} />
          </div>
        )}
      </section>
      {flags.length > 0 && (
        <section className="sheet">
          <h2 className="answer-head">{t('answer.flags')}</h2>
          <FindingList findings={flags} help={(flag) => questionFor(flag.advice)} />
        </section>
      )}
      <ReplyBox replyTo={text} />
    </div>
  );
}

function useSeen(text: string) {
  const readText = useCallback(
    ({ engine, read, phrase }: Language) => {
      const { lang, cutAt, findings: signals } = read.readSignals(engine, text);
      return {
        lang,
        cutAt,
        signals,
        asks: read.readAsks(engine, text).asks,
        flags: read.readInquiry(engine, text).findings,
        questionFor: (key: string | null | undefined) => (key ? phrase(lang, key) : null),
      };
    },
    [text],
  );
  const { seen, isRulesOnly } = useLearnt(readText);
  return seen && { ...seen, isRulesOnly };
}
