import type { Finding } from '@evenkeel/language/finding';
import { Fragment } from 'react';
import { t } from '../words/t.ts';
import { kindWords } from './kind-words.ts';
import { segmentsOf } from './segments.ts';
import './language.css';

type Shown = { text: string; findings: readonly Finding[]; from?: number };

/** A text with a dotted line under what was found; what it is stands in words, for eyes and for readers. */
export function MarkedText({ text, findings, from = 0 }: Shown) {
  return segmentsOf(text, findings, from).map((segment) =>
    segment.findings.length === 0 ? (
      <Fragment key={segment.start}>{segment.text}</Fragment>
    ) : (
      <span key={segment.start} className="marked" title={saysOf(segment.findings)}>
        {segment.text}
        <span className="unseen">{t('marked.aside', { kinds: saysOf(segment.findings) })}</span>
      </span>
    ),
  );
}

function saysOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(kindWords))].join(', ');
}
