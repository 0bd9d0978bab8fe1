import type * as contract from '../generated/types.gen.ts';

export type Terms = contract.PartyTerms;
export type Agreement = Terms['agreements'][number];
export type Clause = Agreement['clauses'][number];
export type ClauseKind = Clause['kind'];
export type Understanding = Terms['understandings'][number];
export type Sum = Terms['sums'][number];
export type Escalation = Terms['escalations'][number];
export type PartyPerson = Terms['people'][number];
export type Cite = Understanding['cite'];
export type Proof = NonNullable<Clause['versions'][number]['proof']>;
export type ClauseWish = contract.ClauseWish;
export type Lang = 'en' | 'ru' | 'fi';
export type Worded = contract.Worded;
