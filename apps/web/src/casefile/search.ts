export type CasesSearch = { closed?: true };
export type RegisterSearch = { only?: 'open' | 'overdue' | 'second' };

export function casesSearch({ closed }: Record<string, unknown>): CasesSearch {
  return closed === true ? { closed } : {};
}

export function registerSearch({ only }: Record<string, unknown>): RegisterSearch {
  return only === 'open' || only === 'overdue' || only === 'second' ? { only } : {};
}
