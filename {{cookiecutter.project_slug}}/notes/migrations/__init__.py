# option: example_api
