import { adamConstants } from './kernel';
import { WasmFunction, type WasmType } from './wasmCode';

/**
 * The optimizers' updates of a whole table, four numbers at a time: `descend(values, end, gradient, rate)`,
 * `momentum(values, end, gradient, velocity, rate, momentum)`, `adam(values, end, gradient, first, second, rate, scale)`.
 * Pointers are in bytes; `end` is the end of the values. All reset the gradient to zero.
 */
export function updateFunctions(): WasmFunction[] {
  return [descend(), momentum(), adam()];
}

/** @param pointers number of pointer parameters before the numbers, including `values` and `end` */
function update(
  name: string,
  pointers: number,
  body: (code: WasmFunction, numbers: readonly number[]) => void,
): WasmFunction {
  const numbers = name === 'descend' ? 1 : 2;
  const params: WasmType[] = [
    ...Array.from({ length: pointers }, (): WasmType => 'i32'),
    ...Array.from({ length: numbers }, (): WasmType => 'f32'),
  ];
  const code = new WasmFunction(name, params);
  const splats = Array.from({ length: numbers }, (_, i) => {
    const local = code.local('v128');
    code.splat(pointers + i);
    code.set(local);
    return local;
  });
  const zero = code.local('v128');
  code.loop(0, 16, { local: 1 }, () => {
    body(code, splats);
    code.store(2, 0, zero);
    for (let pointer = 2; pointer < pointers; pointer++) code.increase(pointer, 16);
  });
  return code;
}

/** values −= the result of `amount` on the stack. */
function subtract(code: WasmFunction, changed: number, amount: () => void): void {
  code.load(0, 0);
  amount();
  code.do('sub');
  code.set(changed);
  code.store(0, 0, changed);
}

function descend(): WasmFunction {
  return update('descend', 3, (code, [rate]) => {
    subtract(code, code.local('v128'), () => {
      code.load(2, 0);
      code.get(rate!);
      code.do('mul');
    });
  });
}

function momentum(): WasmFunction {
  return update('momentum', 4, (code, [rate, share]) => {
    const velocity = code.local('v128');
    code.load(3, 0);
    code.get(share!);
    code.do('mul');
    code.load(2, 0);
    code.do('add');
    code.set(velocity);
    code.store(3, 0, velocity);
    subtract(code, code.local('v128'), () => {
      code.get(velocity, rate!);
      code.do('mul');
    });
  });
}

function adam(): WasmFunction {
  const { beta1, beta2, epsilon } = adamConstants;
  return update('adam', 5, (code, [rate, scale]) => {
    const [first, second] = [code.local('v128'), code.local('v128')];
    const average = (moment: number, local: number, beta: number, squared: boolean): void => {
      code.load(moment, 0);
      code.constant(beta);
      code.do('mul');
      code.constant(1 - beta);
      code.load(2, 0);
      code.do('mul');
      if (squared) {
        code.load(2, 0);
        code.do('mul');
      }
      code.do('add');
      code.set(local);
      code.store(moment, 0, local);
    };
    average(3, first, beta1, false);
    average(4, second, beta2, true);
    subtract(code, code.local('v128'), () => {
      code.get(rate!, first);
      code.do('mul');
      code.get(second);
      code.do('sqrt');
      code.get(scale!);
      code.do('mul');
      code.constant(epsilon);
      code.do('add', 'div');
    });
  });
}
