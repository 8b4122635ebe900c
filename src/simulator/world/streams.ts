/** The streams of the simulator's random numbers, one per purpose (see `randomSource`). */
export const simulatorStreams = {
  graph: 101,
  conditionals: 102,
  tokens: 103,
  masks: 104,
  initialisation: 105,
  batches: 106,
  pointMasses: 107,
} as const;
