/**
 * Date with the present moved by an offset; times given by number or text stay as they are.
 * @param offset asked at each reading of the clock
 */
export const shiftedDate = (Real: DateConstructor, offset: () => number): DateConstructor => {
  const now = (): number => Real.now() + offset();
  const Shifted: DateConstructor = new Proxy(Real, {
    construct: (target, args: unknown[], newTarget) => {
      const made = args.length === 0 ? [now()] : args;
      return Reflect.construct(target, made, newTarget === Shifted ? target : newTarget) as object;
    },
    apply: () => new Real(now()).toString(),
    get: (target, name, receiver: unknown) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  });
  return Shifted;
};
