import type { Brand } from '../../kernel/brand.ts';

export type SourceId = Brand<string, 'SourceId'>;
export type RunId = Brand<string, 'RunId'>;
