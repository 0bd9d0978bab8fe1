export const COEFFICIENTS = { bias: 0, means: [] as readonly number[], weights: [] as readonly number[] } as const;
