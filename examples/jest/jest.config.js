/** The modules run as they are: with `--experimental-vm-modules` there is nothing to transform. */
export default {
  transform: {},
};
