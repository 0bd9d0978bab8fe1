import type { Finding } from '@evenkeel/language/finding';
import type { ReactNode } from 'react';
import { named } from '../words/t.ts';
import { kindWords } from './kind-words.ts';

type Shown = {
  findings: readonly Finding[];
  /** What helps: a sentence to use instead, a question to ask. */
  help?: (finding: Finding) => ReactNode;
};

/** Quotes first, then what they were marked as, then what helps. */
export function FindingList({ findings, help }: Shown) {
  return (
    <ol className="findings">
      {findings.map((finding, at) => (
        <li key={`${finding.kind}-${finding.start}-${finding.end}`} className="finding">
          <span className="finding-number number">{at + 1}</span>
          <q className="finding-quote">{finding.quote}</q>
          <span className="small quiet" title={finding.why}>
            {kindWords(finding)}, {named('band', finding.band)}
          </span>
          {help && <div className="finding-says">{help(finding)}</div>}
        </li>
      ))}
    </ol>
  );
}
