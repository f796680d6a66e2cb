/**
 * Freezes the prototype of all objects before any library runs, so that no text from evidence can ever pollute it.
 *
 * The shell's own switch freezes plainly, and then a library that assigns `toString` or `constructor` to an object of
 * its own fails: an assignment must not shadow a frozen property. So each property becomes an accessor first, whose
 * setter puts an own property on the object that was meant.
 */
for (const name of Object.getOwnPropertyNames(Object.prototype)) {
  const property = Object.getOwnPropertyDescriptor(Object.prototype, name);
  if (property === undefined || !("value" in property)) continue;
  const value: unknown = property.value;
  Object.defineProperty(Object.prototype, name, {
    get: () => value,
    set(this: object, own: unknown) {
      if (this === Object.prototype) throw new TypeError("the prototype of all objects is frozen");
      Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable: false,
    configurable: false,
  });
}
Object.freeze(Object.prototype);

export {};
