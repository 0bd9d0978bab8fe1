import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { RecordChoice } from '../interaction/record-choice.tsx';
import { TextToMark } from '../interaction/text-to-mark.tsx';
import { t } from '../words/t.ts';
import type { Cite, Side } from './promises.queries.ts';

type Field = {
  partyId: string;
  /** Whose words they must be; anything of the record otherwise. */
  side?: Side | undefined;
  says: string;
  cite: Cite | null;
  onChange: (cite: Cite | null) => void;
};

/** So much is taken as it stands: a short answer is its own quote. */
const SHORT = 280;

/** Words of the record: first which message, call or note, then the words in it, marked as one marks text. */
export function WordsField({ partyId, side, says, cite, onChange }: Field) {
  const [chosen, setChosen] = useState(cite?.interactionId ?? '');
  const choose = (interactionId: string) => {
    setChosen(interactionId);
    onChange(null);
  };
  return (
    <div className="words-field">
      <RecordChoice
        partyId={partyId}
        side={side}
        says={says}
        chooseSays={t('promise.chooseRecord')}
        chosen={chosen}
        chosenSays={cite?.quote}
        onChoose={choose}
      />
      {chosen !== '' && <MarkWords key={chosen} interactionId={chosen} cite={cite} onChange={onChange} />}
    </div>
  );
}

type Marking = Pick<Field, 'cite' | 'onChange'> & { interactionId: string };

function MarkWords({ interactionId, cite, onChange }: Marking) {
  const data = useQuery(interactionQuery(interactionId)).data;
  const text = data?.text ?? '';
  const isMarked = cite?.interactionId === interactionId;
  useEffect(() => {
    if (!data || cite !== null) return;
    const own = trimmed(data.text, 0, data.quotedFrom ?? data.text.length);
    if (own && own.quote.length <= SHORT) onChange({ interactionId, ...own });
  }, [data, cite, interactionId, onChange]);
  const mark = (start: number, end: number) => {
    const marked = trimmed(text, inSource(text, start), inSource(text, end));
    if (marked) onChange({ interactionId, ...marked });
  };
  return (
    <>
      <TextToMark
        className="field-text"
        aria-label={t('promise.markWords')}
        rows={Math.min(8, Math.max(3, text.split('\n').length))}
        text={text}
        onMark={mark}
      />
      {isMarked ? (
        <p className="words-marked">
          <q>{cite.quote}</q>
        </p>
      ) : (
        <p className="small quiet">{t('promise.markWords')}</p>
      )}
    </>
  );
}

/** Without the space around it; null when nothing is left. */
function trimmed(text: string, from: number, until: number) {
  const raw = text.slice(from, until);
  const start = from + raw.length - raw.trimStart().length;
  const end = from + raw.trimEnd().length;
  return start < end ? { start, end, quote: text.slice(start, end) } : null;
}

/** A field counts each line break as one unit, whatever stands in the record. */
function inSource(text: string, offset: number): number {
  if (!text.includes('\r\n')) return offset;
  let at = 0;
  for (let left = offset; left > 0; left--) at += text.startsWith('\r\n', at) ? 2 : 1;
  return at;
}
