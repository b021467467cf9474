import { defineConfig } from 'vitest/config';

// as in a project that has installed the package: Node loads it, and Vite leaves it as it is
export default defineConfig({ test: { server: { deps: { external: [/\/dist\//] } } } });
