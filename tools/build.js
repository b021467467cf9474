import { build } from 'tsdown';

// by its function, since its command warns of the oldest Node that the package supports
await build();
