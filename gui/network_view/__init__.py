"""The diagram of the network: what stands where, how it is painted, what the pointer and the keys do with it."""
