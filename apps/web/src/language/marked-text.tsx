import type { Finding } from '@evenkeel/language/finding';
import { Fragment } from 'react';
import { kindWords } from './kind-words.ts';
import { segmentsOf } from './segments.ts';
import './language.css';

type Shown = { text: string; findings: readonly Finding[]; from?: number };

/**
 * A text with a dotted line under what was found, and what it is on pointing. No word is added: what is selected and
 * copied is the text. The list of marks below says the same to those who do not see the line.
 */
export function MarkedText({ text, findings, from = 0 }: Shown) {
  return segmentsOf(text, findings, from).map((segment) =>
    segment.findings.length === 0 ? (
      <Fragment key={segment.start}>{segment.text}</Fragment>
    ) : (
      <span key={segment.start} className="marked" title={saysOf(segment.findings)}>
        {segment.text}
      </span>
    ),
  );
}

function saysOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(kindWords))].join(', ');
}
