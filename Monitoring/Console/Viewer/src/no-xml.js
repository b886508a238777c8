// Stands in the bundle for a library that writes XML: nothing here does.
export const create = () => { throw new Error('The viewer writes no XML'); };
export const fragment = create, convert = create, builder = create;
