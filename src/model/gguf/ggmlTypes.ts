/** A format of tensors in ggml. */
export interface GgmlType {
  readonly name: string;
  /** Its key in `elementTypes`; `null` if it cannot be read, because it is rare for an LM head or not for weights at all. */
  readonly element: string | null;
}

/** By the ids of ggml.h. Block formats have the same name everywhere. */
export const ggmlTypes: ReadonlyMap<number, GgmlType> = new Map<number, GgmlType>([
  [0, { name: 'F32', element: 'float32' }],
  [1, { name: 'F16', element: 'float16' }],
  [28, { name: 'F64', element: 'float64' }],
  [30, { name: 'BF16', element: 'bfloat16' }],
  ...named(
    '2 Q4_0, 3 Q4_1, 6 Q5_0, 7 Q5_1, 8 Q8_0, 10 Q2_K, 11 Q3_K, 12 Q4_K, 13 Q5_K, 14 Q6_K, 15 Q8_K',
    true,
  ),
  ...named('20 IQ4_NL, 23 IQ4_XS', true),
  ...named('9 Q8_1, 16 IQ2_XXS, 17 IQ2_XS, 18 IQ3_XXS, 19 IQ1_S, 21 IQ3_S, 22 IQ2_S, 29 IQ1_M', false),
  ...named('34 TQ1_0, 35 TQ2_0, 39 MXFP4, 24 I8, 25 I16, 26 I32, 27 I64', false),
]);

function named(list: string, isRead: boolean): [number, GgmlType][] {
  return list.split(', ').map((entry) => {
    const [id = '', name = ''] = entry.split(' ');
    return [Number(id), { name, element: isRead ? name : null }];
  });
}
