import { Fragment } from 'react';
import { piecesOf } from './letter-text.ts';

/** A letter as it will read. Its Markdown becomes elements; nothing in it is ever markup. */
export function LetterView({ subject, text, lang }: { subject: string; text: string; lang: string }) {
  const blocks = text.split(/\n{2,}/);
  return (
    <article className="letter-view" lang={lang}>
      <h3>
        <Line text={subject} />
      </h3>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name than their place
        <p key={at}>
          {block.split('\n').map((line, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
            <Fragment key={nth}>
              {nth > 0 && <br />}
              <Line text={line} />
            </Fragment>
          ))}
        </p>
      ))}
    </article>
  );
}

function Line({ text }: { text: string }) {
  return piecesOf(text).map(({ kind, says, at }) => {
    if (kind === 'strong') return <strong key={at}>{says}</strong>;
    if (kind === 'place') return <mark key={at}>{says}</mark>;
    return <Fragment key={at}>{says}</Fragment>;
  });
}
