// throwaway
